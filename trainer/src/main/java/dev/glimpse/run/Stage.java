package dev.glimpse.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What a stage depends on and makes. While settings, inputs and outputs are what they were, running it again would change
 * nothing.
 *
 * @param name name on the command line
 * @param settings everything but files that the result depends on; records, numbers, strings and lists of them
 * @param inputs files and folders it reads
 * @param outputs files it writes
 */
public record Stage(String name, Object settings, List<Path> inputs, List<Path> outputs) {
    public Stage {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
