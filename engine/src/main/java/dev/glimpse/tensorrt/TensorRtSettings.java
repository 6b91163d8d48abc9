package dev.glimpse.tensorrt;

import static dev.glimpse.error.UserError.require;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How networks are compiled and run.
 *
 * @param cache directory of compiled networks, made with mode 0700 if it is not there
 * @param batches rows that networks are compiled for
 * @param workspaceBytes device memory that the compiler may use at most, 1 MiB or more
 * @param recorded file names of graphs whose work is recorded once for each set of tensors and then launched as a whole (CUDA
 *     graph): those that run often and shortly, and whose shapes do not depend on values
 * @param notes hears what takes long and what was refused, one sentence each
 */
public record TensorRtSettings(
        Path cache, Batches batches, long workspaceBytes, Set<String> recorded, Consumer<String> notes) {
    public TensorRtSettings {
        require(
                workspaceBytes >= 1 << 20,
                "the compiler needs 1 MiB of workspace at least, was %d bytes",
                workspaceBytes);
        recorded = Set.copyOf(recorded);
    }
}
