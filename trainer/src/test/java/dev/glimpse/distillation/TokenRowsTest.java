package dev.glimpse.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.feature.RegionRow;
import dev.glimpse.token.Tokenizer;
import dev.glimpse.token.WordPieceVocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRowsTest {
    @TempDir
    private Path folder = Path.of("");

    private TokenRows rows = new TokenRows(List.of(), new long[0], new long[0], List.of());

    /** Two samples of 4 caption tokens, 3 tag tokens and 2 regions: T = 9. */
    @BeforeEach
    void twoSamples() {
        Path file = folder.resolve("tokenizer.json");
        WordPieceVocabulary.write(file, WordPieceVocabulary.build(List.of("red cat red cat"), 100, 1));
        try (Tokenizer t = Tokenizer.load(file)) {
            int word = t.sep() + 30;
            int[][] captions = {{t.cls(), t.mask(), t.sep(), t.pad()}, {t.cls(), word, word, t.sep()}};
            int[][] tags = {{word, t.sep(), t.pad()}, {t.sep(), t.pad(), t.pad()}};
            rows = TokenRows.of(
                    List.of(new TokenRows.Text("caption", captions), new TokenRows.Text("tags", tags)),
                    List.of(region(0.9f, 0), region(0.8f, 0.7f)),
                    new int[] {5, 6},
                    t);
        }
    }

    @Test
    void paddingAndMissingRegionsCarryNoMeaning() {
        assertThat(rows.kinds())
                .containsExactly(
                        new TokenRows.Kind("caption", 7),
                        new TokenRows.Kind("tags", 3),
                        new TokenRows.Kind("regions", 3));
        assertThat(rows.rows()).containsExactly(0, 1, 2, 9, 10, 11, 12, 4, 5, 13, 7, 16, 17);
        assertThat(rows.pictures()).containsExactly(5, 5, 5, 6, 6, 6, 6, 5, 5, 6, 5, 6, 6);
    }

    @Test
    void beginningsAndEndsNeverEnterTheQueue() {
        long[] all = rows.sample(100, new Random(1));
        assertThat(all).containsExactlyInAnyOrder(1, 7, 10, 4, 5, 11, 12);
        assertThat(rows.pictures(all)).containsOnly(5, 6);
    }

    @Test
    void noSampleGivesTheQueueMoreThanItsShare() {
        long[] some = rows.sample(2, new Random(1));
        assertThat(some).hasSize(4).doesNotHaveDuplicates();
        assertThat(rows.pictures(some)).containsExactly(5, 5, 6, 6);
        assertThat(rows.sample(2, new Random(1))).containsExactly(some);
    }

    private static RegionRow region(float first, float second) {
        return new RegionRow(new float[8], new float[] {first, second}, new int[2], new float[2]);
    }
}
