package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import dev.glimpse.token.WordPieceVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse import vocabulary}. */
@Command(
        name = "vocabulary",
        description =
                "BERT's vocab.txt, one word piece a line, to a tokenizer.json (start.tokenizer in the settings of a run).")
final class VocabularyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "vocab.txt of an uncased model.")
    private Path from = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "tokenizer.json to write.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        List<String> pieces = read();
        Set<String> once = new HashSet<>();
        for (int i = 0; i < pieces.size(); i++) {
            require(once.add(pieces.get(i)), "%s:%d: word piece '%s' stands there twice", from, i + 1, pieces.get(i));
        }
        require(
                !pieces.isEmpty() && pieces.get(0).equals("[PAD]"),
                "%s: expected [PAD] in the first line, found '%s'; is it BERT's vocab.txt?",
                from,
                pieces.isEmpty() ? "" : pieces.get(0));
        WordPieceVocabulary.write(out, pieces);
        java.util.Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf("%,d word pieces: %s%n", pieces.size(), out);
        return 0;
    }

    private List<String> read() {
        try {
            return Files.readAllLines(from);
        } catch (IOException e) {
            throw new UserError(from + ": expected a vocabulary, it cannot be read: " + e.getMessage(), e);
        }
    }
}
