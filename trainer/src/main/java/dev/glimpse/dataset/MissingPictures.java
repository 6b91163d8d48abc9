package dev.glimpse.dataset;

import dev.glimpse.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures that annotations speak of and the disk does not have: an error, unless the person says to leave them out. */
final class MissingPictures {
    static final String REASON = "pictures that are not on the disk";
    private static final int EXAMPLES = 5;

    private final Path root;
    private final boolean skip;
    private final Tally tally;
    private final List<String> examples = new ArrayList<>();
    private long count;

    MissingPictures(Path root, boolean skip, Tally tally) {
        this.root = root;
        this.skip = skip;
        this.tally = tally;
    }

    void add(Path annotations, long id) {
        if (skip) {
            tally.add(REASON, "image " + id);
            return;
        }
        count++;
        if (examples.size() < EXAMPLES) {
            examples.add(id + " of " + annotations);
        }
    }

    /** @throws UserError when there were some and they are not to be left out */
    void check() {
        UserError.require(
                count == 0,
                "%s: %d annotated pictures are not there, such as %s; unpack all pictures, or leave them out with --skip-missing",
                root,
                count,
                examples);
    }
}
