package dev.glimpse.rollout;

import static dev.glimpse.error.UserError.require;

import java.nio.file.Path;

/**
 * Settings of how new bundles come to serve.
 *
 * @param watch directory whose bundles (directories or .zip) are taken up as they appear; empty for none
 * @param state private directory for staged copies, a folder for each worker; what serves from it is served again after a
 *     restart
 * @param maxMegabytes a bundle may have so many MiB
 * @param shadowFrames a candidate looks at so many frames beside the bundle at work before it may take over; 0 takes over at
 *     once
 * @param agreement mean agreement of its captions with those of the bundle at work that it needs to take over, 0 to 1
 * @param slowdown it may take at most so many times as long
 */
public record RolloutSettings(
        Path watch, Path state, int maxMegabytes, int shadowFrames, double agreement, double slowdown) {
    public RolloutSettings {
        require(!state.toString().isBlank(), "state must name a directory");
        require(maxMegabytes >= 1 && maxMegabytes <= 4096, "maxMegabytes must be 1 to 4096, was %d", maxMegabytes);
        require(shadowFrames >= 0, "shadowFrames must be 0 or more, was %d", shadowFrames);
        require(agreement >= 0 && agreement <= 1, "agreement must be 0 to 1, was %s", agreement);
        require(slowdown > 0, "slowdown must be positive, was %s", slowdown);
    }

    /** The same for one worker: its copies lie in a folder of its own. */
    public RolloutSettings of(String worker) {
        return new RolloutSettings(watch, state.resolve(worker), maxMegabytes, shadowFrames, agreement, slowdown);
    }

    /** True when a directory is watched. */
    public boolean watches() {
        return !watch.toString().isBlank();
    }
}
