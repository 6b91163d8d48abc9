package dev.glimpse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextInputTest {
    private static final List<String> PIECES =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "red", "kite", "##s");
    private static final int PAD = 0;
    private static final int CLS = 2;
    private static final int SEP = 3;
    private static final int A = 5;
    private static final int RED = 6;
    private static final int KITE = 7;
    private static final int S = 8;

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        WordPieceVocabulary.write(folder.resolve("tokenizer.json"), PIECES);
        tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"));
    }

    @Test
    void captionStandsBetweenClsAndSepAndIsPadded() {
        assertThat(TextInput.caption(tokenizer, "A red kite", 7)).containsExactly(CLS, A, RED, KITE, SEP, PAD, PAD);
    }

    @Test
    void longQuestionIsCutAndKeepsItsSep() {
        assertThat(TextInput.question(tokenizer, "a red kite a red kite", 4)).containsExactly(CLS, A, RED, SEP);
    }

    @Test
    void emptyQuestionIsClsAndSep() {
        assertThat(TextInput.question(tokenizer, "", 3)).containsExactly(CLS, SEP, PAD);
    }

    @Test
    void tagsFollowEachOtherAndKeepDuplicates() {
        assertThat(TextInput.tags(tokenizer, List.of("kites", "red", "red"), 7))
                .containsExactly(KITE, S, RED, RED, SEP, PAD, PAD);
    }

    @Test
    void tagsEndBeforeTheFirstThatDoesNotFitWhole() {
        assertThat(TextInput.tags(tokenizer, List.of("red", "kites", "a"), 3)).containsExactly(RED, SEP, PAD);
    }

    @Test
    void tagsMayFillAllButSep() {
        assertThat(TextInput.tags(tokenizer, List.of("red", "kites"), 4)).containsExactly(RED, KITE, S, SEP);
    }

    @Test
    void noTagsAreOneSep() {
        assertThat(TextInput.tags(tokenizer, List.of(), 3)).containsExactly(SEP, PAD, PAD);
    }

    @Test
    void tableSkipsRowsOfScoreZero() {
        TagTable table = new TagTable(tokenizer, List.of("kites", "red"));
        assertThat(table.tokens(new int[] {1, 0, 1, 0}, new float[] {0.9f, 0.5f, 0.1f, 0}, 8))
                .isEqualTo(TextInput.tags(tokenizer, List.of("red", "kites", "red"), 8));
    }

    @Test
    void classWithoutLabelIsRefused() {
        TagTable table = new TagTable(tokenizer, List.of("kites"));
        assertThatThrownBy(() -> table.tokens(new int[] {1}, new float[] {1}, 4))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("class 1")
                .hasMessageContaining("1 labels");
    }
}
