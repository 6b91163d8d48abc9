package dev.glimpse.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.glimpse.decode.NextToken;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeCaptionsTest {
    private static final FusionSize SIZE = new FusionSize(2, 16, 4, 24, 30, 12, 5, 7);
    private static final TokenLayout LAYOUT = new TokenLayout(5, 4, 2, 6);
    private static final int MASK = 4;

    @Test
    void onePassGivesTheScoresOfWritingWordByWord() {
        int[][] captions = {{2, 7, 8, 3, 0}, {2, 11, 12, 13, 3}};
        int[][] tags = {{9, 3, 0, 0}, {11, 12, 13, 3}};
        List<RegionRow> rows = List.of(row(0.5f), row(0));
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, FusionTensors.captioning(SIZE), new Seed(5));
                NDManager step = root.newSubManager();
                CachedCaptioner cached =
                        new CachedCaptioner(step, SIZE, LAYOUT, parameters.constant(step), tags, rows, 1, MASK)) {
            NDArray all = WholeCaptions.logits(
                    step, Fusion.evaluating(SIZE, parameters.constant(step)), LAYOUT, captions, MASK, tags, rows);
            for (int t = 1; t < 5; t++) {
                NextToken.Step one = cached.next(new int[] {captions[0][t - 1], captions[1][t - 1]}, new int[] {0, 1});
                for (int b = 0; b < 2; b++) {
                    assertThat(all.get(new NDIndex("{}, {}", b, t)).toFloatArray())
                            .containsExactly(one.logits()[b], within(2e-5f));
                }
            }
        }
    }

    private static RegionRow row(float second) {
        return new RegionRow(
                new float[] {0, 0, 0.5f, 0.5f, 0.1f, 0.2f, 0.9f, 0.8f},
                new float[] {0.9f, second},
                new int[2],
                new float[] {1, -1, 0.5f, 0, 2, 0, 1, 1, -0.5f, 0.3f});
    }
}
