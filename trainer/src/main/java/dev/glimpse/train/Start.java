package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.weight.StartingWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run begins with instead of random numbers: files that {@code glimpse import weights} and {@code glimpse import
 * vocabulary} wrote.
 */
final class Start {
    /** A {@code tokenizer.json}, instead of a vocabulary made of the training texts. */
    static final String TOKENIZER = "tokenizer";

    static final String STUDENT_DETECTOR = "student-detector";
    static final String STUDENT = "student";
    static final String TEACHER_DETECTOR = "teacher-detector";
    static final String TEACHER = "teacher";

    private static final Set<String> NAMES = Set.of(TOKENIZER, STUDENT_DETECTOR, STUDENT, TEACHER_DETECTOR, TEACHER);

    private Start() {}

    /** Requires that nothing is named that no stage would read. */
    static void check(Map<String, Path> files) {
        files.keySet()
                .forEach(name -> require(
                        NAMES.contains(name),
                        "start: expected some of %s, found '%s'",
                        new java.util.TreeSet<>(NAMES),
                        name));
    }

    /** The file that a part of the run begins with: one more input of its stage. */
    static Optional<Path> file(TrainConfig config, String name) {
        Optional<Path> file = config.start().map(files -> files.get(name));
        file.ifPresent(f -> require(
                Files.isRegularFile(f),
                "%s: expected the file of start.%s, found none; see 'glimpse import --help'",
                f,
                name));
        return file;
    }

    /** Gives a network what its file has. */
    static void load(TrainConfig config, String name, Parameters parameters) {
        file(config, name).ifPresent(f -> StartingWeights.load(f, parameters));
    }

    /** As the other method, for a network with batch norms. */
    static void load(TrainConfig config, String name, Parameters parameters, Buffers statistics) {
        file(config, name).ifPresent(f -> StartingWeights.load(f, parameters, statistics));
    }
}
