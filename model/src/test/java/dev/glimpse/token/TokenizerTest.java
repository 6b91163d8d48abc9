package dev.glimpse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static final List<String> TEXTS = List.of("A red car.", "a blue car", "Is it a car?");

    @TempDir
    Path folder;

    private Tokenizer tokenizer(int minCount) {
        Path file = folder.resolve("tokenizer.json");
        WordPieceVocabulary.write(file, WordPieceVocabulary.build(TEXTS, 1000, minCount));
        return Tokenizer.load(file);
    }

    @Test
    void libraryForProcessorsIsTakenAlsoWhereCudaIs() {
        try (Tokenizer tokenizer = tokenizer(1)) {
            assertThat(tokenizer.encode("a red car")).hasSize(3);
            assertThat(System.getProperty("RUST_FLAVOR")).isEqualTo("cpu");
        }
    }

    @Test
    void knownWordsAreOnePieceAndComeBack() {
        try (Tokenizer tokenizer = tokenizer(1)) {
            int[] ids = tokenizer.encode("A BLUE car");
            assertThat(ids).hasSize(3);
            assertThat(tokenizer.decode(ids)).isEqualTo("a blue car");
            assertThat(tokenizer.pad()).isZero();
        }
    }

    @Test
    void rareWordsFallApartIntoTheirCharactersAndComeBack() {
        try (Tokenizer tokenizer = tokenizer(2)) {
            int[] ids = tokenizer.encode("a red car");
            assertThat(ids).hasSize(5);
            assertThat(tokenizer.piece(ids[2])).isEqualTo("##e");
            assertThat(tokenizer.decode(ids)).isEqualTo("a red car");
        }
    }

    @Test
    void strangeCharactersAreUnknown() {
        try (Tokenizer tokenizer = tokenizer(1)) {
            assertThat(tokenizer.encode("☃")).containsExactly(tokenizer.unknown());
        }
    }

    @Test
    void theVocabularyDoesNotDependOnTheOrderOfTexts() {
        assertThat(WordPieceVocabulary.build(List.of("b a", "a c"), 200, 1))
                .isEqualTo(WordPieceVocabulary.build(List.of("a c", "b a"), 200, 1));
    }

    @Test
    void aVocabularyWithoutSpecialTokensIsRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("t.json"), "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.load(file)).isInstanceOf(UserError.class);
    }

    @Test
    void bertsVocabularySplitsAsBertDoes() throws Exception {
        String data = System.getProperty("glimpse.data", "");
        org.junit.jupiter.api.Assumptions.assumeTrue(!data.isEmpty(), "skipped: no data, set -Dglimpse.data");
        Path wordpiece = Path.of(data, "wordpiece");
        Path file = folder.resolve("bert.json");
        WordPieceVocabulary.write(file, Files.readAllLines(wordpiece.resolve("bert-base-uncased-vocab.txt")));
        try (Tokenizer tokenizer = Tokenizer.load(file);
                java.util.stream.Stream<String> lines =
                        Files.lines(wordpiece.resolve("regression-text_bert-base-uncased.txt"))) {
            List<String[]> cases = lines.map(line -> line.split("\t", 2)).toList();
            assertThat(cases).hasSize(9909);
            for (String[] one : cases) {
                List<String> pieces = java.util.Arrays.stream(tokenizer.encode(one[0]))
                        .mapToObj(tokenizer::piece)
                        .toList();
                assertThat(String.join("\t", pieces)).as(one[0]).isEqualTo(one[1].strip());
            }
        }
    }
}
