package dev.glimpse.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.glimpse.decode.NextToken;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final FusionSize SIZE = new FusionSize(3, 16, 4, 24, 30, 12, 5, 7);
    private static final TokenLayout LAYOUT = new TokenLayout(7, 4, 3, 6);
    private static final int MASK = 4;
    private static final int[][] TAGS = {{9, 3, 0, 0}, {11, 12, 13, 3}};

    @Test
    void cachedScoresAreThoseOfRecomputation() {
        int[][] last = {{2, 2, 2, 2}, {7, 8, 9, 10}, {11, 12, 13, 14}, {15, 16, 17, 18}};
        int[][] parent = {{0, 1, 2, 3}, {0, 0, 2, 3}, {1, 0, 3, 2}, {1, 1, 3, 2}};
        int[][] captions = new int[4][0];
        List<RegionRow> rows = rows();
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                NDManager step = root.newSubManager();
                CachedCaptioner cached =
                        new CachedCaptioner(step, SIZE, LAYOUT, parameters.constant(step), TAGS, rows, 2, MASK)) {
            for (int t = 0; t < last.length; t++) {
                int[][] longer = new int[4][];
                for (int b = 0; b < 4; b++) {
                    int[] before = captions[parent[t][b]];
                    longer[b] = java.util.Arrays.copyOf(before, t + 1);
                    longer[b][t] = last[t][b];
                }
                captions = longer;
                NextToken.Step found = cached.next(last[t], parent[t]);
                for (int b = 0; b < 4; b++) {
                    float[][] expected =
                            recomputed(step, parameters.constant(step), captions[b], TAGS[b / 2], rows.get(b / 2));
                    assertThat(found.logits()[b]).containsExactly(expected[0], within(2e-5f));
                    assertThat(found.attention()).isNotNull();
                    assertThat(java.util.Objects.requireNonNull(found.attention())[b])
                            .containsExactly(expected[1], within(2e-5f));
                }
            }
        }
    }

    /** Logits at [MASK] and its attention on the context, from the whole sequence. */
    private static float[][] recomputed(NDManager step, Weights w, int[] finished, int[] tags, RegionRow row) {
        int[] caption = java.util.Arrays.copyOf(finished, LAYOUT.caption());
        caption[finished.length] = MASK;
        Fusion fusion = Fusion.evaluating(SIZE, w);
        Fusion.Encoded encoded = encode(step, fusion, new int[][] {caption}, new int[][] {tags}, List.of(row));
        NDArray at = encoded.states().get(new NDIndex(":, {}", finished.length));
        NDArray attention = encoded.attention()
                .get(new NDIndex(":, :, {}, {}:", finished.length, LAYOUT.caption()))
                .mean(new int[] {1});
        return new float[][] {fusion.words(at).toFloatArray(), attention.toFloatArray()};
    }

    static Fusion.Encoded encode(NDManager step, Fusion fusion, int[][] caption, int[][] tags, List<RegionRow> rows) {
        NDArray mask = FusionInput.captionMask(step, FusionInput.contextMask(step, tags, rows), LAYOUT);
        return fusion.encode(
                mask,
                fusion.text(FusionInput.tokens(step, caption), 0, 0),
                fusion.text(FusionInput.tokens(step, tags), LAYOUT.caption(), 1),
                fusion.regions(FusionInput.regions(step, rows)));
    }

    @Test
    void captionRowSeesNeitherLaterWordsNorPaddedTagsNorMissingRegions() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                NDManager step = root.newSubManager()) {
            Fusion fusion = Fusion.evaluating(SIZE, parameters.constant(step));
            int[][] one = {{2, 7, 8, 9, 3, 0, 0}};
            int[][] other = {{2, 7, 8, 20, 21, 22, 23}};
            List<RegionRow> rows = rows().subList(0, 1);
            RegionRow row = rows.get(0);
            float[] changed = row.features().clone();
            changed[changed.length - 1] += 5; // of the row without a region
            List<RegionRow> otherRows = List.of(new RegionRow(row.boxes(), row.scores(), row.classes(), changed));
            float[] a = encode(step, fusion, one, new int[][] {TAGS[0]}, rows)
                    .states()
                    .get(":, 0:3")
                    .toFloatArray();
            float[] b = encode(step, fusion, other, new int[][] {TAGS[0]}, otherRows)
                    .states()
                    .get(":, 0:3")
                    .toFloatArray();
            assertThat(b).containsExactly(a, within(1e-6f));
        }
    }

    @Test
    void tagsAndRegionsDoNotSeeTheCaption() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                NDManager step = root.newSubManager()) {
            Fusion fusion = Fusion.evaluating(SIZE, parameters.constant(step));
            NDIndex context = new NDIndex(":, {}:", LAYOUT.caption());
            float[] a = encode(
                            step,
                            fusion,
                            new int[][] {{2, 7, 8, 9, 3, 0, 0}},
                            new int[][] {TAGS[0]},
                            rows().subList(0, 1))
                    .states()
                    .get(context)
                    .toFloatArray();
            float[] b = encode(
                            step,
                            fusion,
                            new int[][] {{2, 20, 21, 22, 3, 0, 0}},
                            new int[][] {TAGS[0]},
                            rows().subList(0, 1))
                    .states()
                    .get(context)
                    .toFloatArray();
            assertThat(b).containsExactly(a);
        }
    }

    @Test
    void attentionRowsAreDistributions() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                NDManager step = root.newSubManager()) {
            Fusion fusion = Fusion.evaluating(SIZE, parameters.constant(step));
            NDArray attention =
                    encode(step, fusion, new int[2][7], TAGS, rows()).attention();
            assertThat(attention.getShape().getShape()).containsExactly(2, 4, 14, 14);
            for (float sum : attention.sum(new int[] {3}).toFloatArray()) {
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void fullSizedStudentHasTheParametersOfItsPaper() {
        FusionSize size = new FusionSize(12, 384, 12, 1536, 30522, 512, 1024, 3129);
        long count = FusionTensors.pretraining(size).stream()
                .mapToLong(s -> s.shape().size())
                .sum();
        assertThat(count / 1e6).isCloseTo(33.94, within(0.05)); // MiniVLM, arXiv 2012.06946
    }

    private static Parameters parameters(NDManager root) {
        return new Parameters(root, FusionTensors.pretraining(SIZE), new Seed(5));
    }

    private static List<RegionRow> rows() {
        return List.of(row(1, 2), row(2, 3));
    }

    /** Regions of which the first {@code present} are there. */
    private static RegionRow row(long seed, int present) {
        Random random = new Random(seed);
        float[] boxes = new float[12];
        float[] scores = new float[3];
        float[] features = new float[15];
        for (int r = 0; r < present; r++) {
            scores[r] = 1f / (r + 1);
            for (int i = 0; i < 4; i++) {
                boxes[4 * r + i] = random.nextFloat() / 2 + i / 2 * 0.5f;
            }
        }
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return new RegionRow(boxes, scores, new int[3], features);
    }
}
