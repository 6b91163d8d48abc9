package dev.glimpse.cost;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Answers;
import dev.glimpse.bundle.Labels;
import dev.glimpse.json.Json;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.token.Tokenizer;
import dev.glimpse.train.RunFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the sizes of networks take from the data and not from the settings.
 *
 * @param classes object classes, without background
 * @param attributes attribute classes
 * @param vocabulary word pieces
 * @param answers known answers
 */
record Counts(int classes, int attributes, int vocabulary, int answers) {
    Counts {
        require(
                classes > 0 && attributes >= 0 && vocabulary > 1 && answers > 0,
                "classes and answers must be positive, attributes at least 0 and words at least 2, found %d, %d, %d and %d",
                classes,
                answers,
                attributes,
                vocabulary);
    }

    /**
     * Those of a run that has done its stages {@code detectors} and {@code text}, or of a bundle, whose files have the same names.
     *
     * @throws dev.glimpse.error.UserError when a file is missing
     */
    static Counts of(Path folder) {
        require(Files.isDirectory(folder), "%s: expected the directory of a run or a bundle, found none", folder);
        RunDirectory run = new RunDirectory(folder);
        for (Path file : List.of(RunFiles.labels(run), RunFiles.tokenizer(run), RunFiles.answers(run))) {
            require(Files.exists(file), "%s: missing; run the stages detectors and text, or leave --run out", file);
        }
        Labels labels = Json.read(RunFiles.labels(run), Labels.class);
        Answers answers = Json.read(RunFiles.answers(run), Answers.class);
        try (Tokenizer tokenizer = Tokenizer.load(RunFiles.tokenizer(run))) {
            return new Counts(
                    labels.classes().size(),
                    labels.attributes().size(),
                    tokenizer.vocabulary(),
                    answers.answers().size());
        }
    }

    /** Labels of that number. */
    Labels labels() {
        return new Labels(names("class ", classes), names("attribute ", attributes));
    }

    private static List<String> names(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + i).toList();
    }
}
