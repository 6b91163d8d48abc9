package dev.glimpse.source;

import java.util.Optional;

/** Gives pictures one after the other. Used by one thread. */
public interface FrameSource extends AutoCloseable {
    /**
     * The next picture; waits for it when the source is live.
     *
     * @return empty at the end
     * @throws dev.glimpse.error.UserError when the source broke off
     */
    Optional<SourcePicture> next();

    /** Pictures per second at which the source was taken; 0 when it has no rate of its own. */
    double rate();

    /** Whether pictures come when they come: then too many are dropped, where a file would be read more slowly. */
    boolean live();

    @Override
    void close();
}
