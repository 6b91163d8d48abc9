package dev.glimpse.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.cli.Cli;
import dev.glimpse.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void wordPiecesKeepTheirNumbers() throws IOException {
        Path out = run("[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ncam\n##era\n", 0);
        try (Tokenizer tokenizer = Tokenizer.load(out)) {
            assertThat(tokenizer.encode("Camera")).containsExactly(6, 7);
            assertThat(tokenizer.mask()).isEqualTo(5);
        }
    }

    @Test
    void repeatedPieceAndAnotherKindOfVocabularyAreRefused() throws IOException {
        run("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\na\n", 1);
        run("<s>\n[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n", 1);
        run("[PAD]\n[UNK]\n[CLS]\n[SEP]\n", 1);
    }

    @Test
    void bertsVocabularySplitsTextAsBertDoes() throws IOException {
        Path data = Path.of(System.getProperty("glimpse.data", "none"), "wordpiece");
        assumeTrue(Files.isDirectory(data), "skipped: no data, set -Dglimpse.data");
        Path out = folder.resolve("bert.json");
        assertThat(Cli.run(
                        new ImportCommand(),
                        "vocabulary",
                        "--from",
                        data.resolve("bert-base-uncased-vocab.txt").toString(),
                        "--out",
                        out.toString()))
                .isZero();
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        try (Tokenizer tokenizer = Tokenizer.load(out)) {
            assertThat(tokenizer.vocabulary()).isEqualTo(30522);
            for (String line : Files.readAllLines(data.resolve("regression-text_bert-base-uncased.txt"))) {
                String[] fields = line.split("\t", -1);
                StringBuilder found = new StringBuilder();
                for (int id : tokenizer.encode(fields[0])) {
                    found.append(found.isEmpty() ? "" : " ").append(tokenizer.piece(id));
                }
                lines++;
                if (fields.length == 2 && !found.toString().equals(fields[1].strip())) {
                    wrong.add(line + " | " + found);
                }
            }
        }
        assertThat(lines).isGreaterThan(9000);
        assertThat(wrong).isEmpty();
    }

    private Path run(String vocabulary, int exit) throws IOException {
        Path from = Files.writeString(folder.resolve("vocab.txt"), vocabulary);
        Path out = folder.resolve("tokenizer.json");
        assertThat(Cli.run(new ImportCommand(), "vocabulary", "--from", from.toString(), "--out", out.toString()))
                .isEqualTo(exit);
        return out;
    }
}
