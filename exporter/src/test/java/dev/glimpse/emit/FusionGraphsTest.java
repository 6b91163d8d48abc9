package dev.glimpse.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Encode, step and answer graphs against one uncached pass over the whole sequence. */
class FusionGraphsTest {
    private static final double TOLERANCE = 2e-5;
    private static final FusionSize SIZE = new FusionSize(3, 12, 3, 20, 30, 16, 7, 5);
    private static final TokenLayout LAYOUT = new TokenLayout(6, 5, 4, 7);
    private static final int MASK = 4;

    private final RandomParameters parameters = new RandomParameters(11);
    private final NaiveFusion naive = new NaiveFusion(parameters, SIZE);
    private final OnnxModel encode = EncodeGraph.of(parameters, SIZE, LAYOUT);
    private final OnnxModel step = StepGraph.of(parameters, SIZE, LAYOUT);
    private final OnnxModel answer = AnswerGraph.of(parameters, SIZE, LAYOUT);

    /** Regions and tags of one picture; the last rows are padding. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Scene(long[] tags, float[] boxes, float[] scores, float[] features) {
        static Scene random(long seed, int regions, int tags) {
            Random random = new Random(seed);
            long[] ids = new long[LAYOUT.tags()];
            for (int i = 0; i < tags; i++) {
                ids[i] = 5 + random.nextInt(25);
            }
            float[] boxes = new float[4 * LAYOUT.regions()];
            float[] scores = new float[LAYOUT.regions()];
            float[] features = new float[SIZE.regionFeature() * LAYOUT.regions()];
            for (int r = 0; r < regions; r++) {
                scores[r] = .1f + random.nextFloat();
                for (int i = 0; i < 4; i++) {
                    boxes[4 * r + i] = random.nextFloat();
                }
                for (int i = 0; i < SIZE.regionFeature(); i++) {
                    features[SIZE.regionFeature() * r + i] = (float) random.nextGaussian();
                }
            }
            return new Scene(ids, boxes, scores, features);
        }

        float[] box(int r) {
            return Arrays.copyOfRange(boxes, 4 * r, 4 * r + 4);
        }

        float[] feature(int r) {
            return Arrays.copyOfRange(features, SIZE.regionFeature() * r, SIZE.regionFeature() * (r + 1));
        }

        boolean seen(int contextColumn) {
            return contextColumn < LAYOUT.tags() ? tags[contextColumn] != 0 : scores[contextColumn - LAYOUT.tags()] > 0;
        }
    }

    @Test
    void stepsWithCachedKeysGiveTheLogitsOfOneWholePass() throws OrtException {
        Scene scene = Scene.random(1, 3, 4);
        Ort.Outputs context = encode(scene);
        int[] words = {2, 9, 17, 23};
        double[] keys = new double[SIZE.layers() * SIZE.heads() * LAYOUT.caption() * SIZE.headWidth()];
        double[] values = keys.clone();
        for (int t = 0; t < words.length; t++) {
            Ort.Outputs out = step(context, new long[] {words[t], MASK}, t, new long[] {0}, keys, values, 1);
            NaiveFusion.Result expected = caption(scene, Arrays.copyOf(words, t + 1));
            int row = t + 1;
            assertClose(
                    whole(scene, Arrays.copyOf(words, t + 1)),
                    naive.wordLogits(expected.states().get(row)));
            assertClose(out.get("logits"), naive.wordLogits(expected.states().get(row)));
            double[] attention = expected.attention().get(row);
            assertClose(out.get("attention"), Arrays.copyOfRange(attention, t + 2, t + 2 + LAYOUT.context()));
            keys = out.get("keys_out");
            values = out.get("values_out");
        }
    }

    @Test
    void keysAndValuesAreReorderedByParentAndTheContextIsNot() throws OrtException {
        Scene[] scenes = {Scene.random(2, 4, 3), Scene.random(3, 2, 2)};
        Ort.Outputs context = encode(scenes);
        int row = SIZE.layers() * SIZE.heads() * LAYOUT.caption() * SIZE.headWidth();
        double[] empty = new double[2 * row];
        Ort.Outputs first = step(context, new long[] {2, MASK, 2, MASK}, 0, new long[] {0, 1}, empty, empty, 2);
        double[] keys = first.get("keys_out");
        double[] values = first.get("values_out");
        Ort.Outputs swapped = step(context, new long[] {9, MASK, 17, MASK}, 1, new long[] {1, 0}, keys, values, 2);
        Ort.Outputs exchanged = step(
                context, new long[] {9, MASK, 17, MASK}, 1, new long[] {0, 1}, exchange(keys), exchange(values), 2);
        assertThat(swapped.get("logits")).containsExactly(exchanged.get("logits"), within(1e-6));
        assertThat(swapped.get("keys_out")).containsExactly(exchanged.get("keys_out"), within(1e-6));
    }

    @Test
    void everyPictureOfABatchIsEncodedAsIfItWereAlone() throws OrtException {
        Scene[] scenes = new Scene[7];
        for (int i = 0; i < scenes.length; i++) {
            scenes[i] = Scene.random(20 + i, i % 5, i % LAYOUT.tags() + 1);
        }
        Ort.Outputs together = encode(scenes);
        for (int i = 0; i < scenes.length; i++) {
            Ort.Outputs alone = encode(scenes[i]);
            for (String name : List.of("context_keys", "context_values", "context_mask")) {
                double[] rows = together.get(name);
                int length = rows.length / scenes.length;
                assertThat(Arrays.copyOfRange(rows, i * length, (i + 1) * length))
                        .containsExactly(alone.get(name), within(1e-5));
            }
        }
    }

    @Test
    void answersAreThoseOfOneWholePass() throws OrtException {
        Scene scene = Scene.random(4, 3, 0);
        long[] question = {2, 11, 12, 13, 3, 0, 0};
        Ort.Outputs out = new Ort()
                .with("question", question, 1, LAYOUT.question())
                .with("boxes", scene.boxes, 1, LAYOUT.regions(), 4)
                .with("scores", scene.scores, 1, LAYOUT.regions())
                .with("features", scene.features, 1, LAYOUT.regions(), SIZE.regionFeature())
                .run(answer);
        List<double[]> tokens = new ArrayList<>();
        boolean[] seen = new boolean[LAYOUT.question() + LAYOUT.regions()];
        for (int i = 0; i < question.length; i++) {
            tokens.add(naive.word((int) question[i], i, 0));
            seen[i] = question[i] != 0;
        }
        for (int r = 0; r < LAYOUT.regions(); r++) {
            tokens.add(naive.region(scene.box(r), scene.feature(r)));
            seen[question.length + r] = scene.scores[r] > 0;
        }
        boolean[][] sees = new boolean[seen.length][];
        Arrays.fill(sees, seen);
        NaiveFusion.Result expected = naive.run(tokens, sees);
        assertClose(out.get("logits"), naive.answerLogits(expected.states().get(0)));
        assertClose(
                out.get("evidence"), Arrays.copyOfRange(expected.attention().get(0), LAYOUT.question(), seen.length));
    }

    /** One pass over [CLS] .. words, [MASK], tags, regions. */
    private NaiveFusion.Result caption(Scene scene, int[] words) {
        List<double[]> tokens = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            tokens.add(naive.word(words[i], i, 0));
        }
        tokens.add(naive.word(MASK, words.length, 0));
        int caption = tokens.size();
        for (int i = 0; i < LAYOUT.tags(); i++) {
            tokens.add(naive.word((int) scene.tags[i], LAYOUT.caption() + i, 1));
        }
        for (int r = 0; r < LAYOUT.regions(); r++) {
            tokens.add(naive.region(scene.box(r), scene.feature(r)));
        }
        boolean[][] sees = new boolean[tokens.size()][tokens.size()];
        for (int row = 0; row < tokens.size(); row++) {
            for (int column = 0; column < tokens.size(); column++) {
                sees[row][column] = column < caption ? column <= row && row < caption : scene.seen(column - caption);
            }
        }
        return naive.run(tokens, sees);
    }

    /** Logits of the next word without caches. */
    private double[] whole(Scene scene, int[] words) throws OrtException {
        long[] tokens = new long[LAYOUT.caption()];
        for (int i = 0; i < words.length; i++) {
            tokens[i] = words[i];
        }
        tokens[words.length] = MASK;
        return new Ort()
                .with("tokens", tokens, 1, LAYOUT.caption())
                .with("place", new long[] {words.length}, 1)
                .with("tags", scene.tags, 1, LAYOUT.tags())
                .with("boxes", scene.boxes, 1, LAYOUT.regions(), 4)
                .with("scores", scene.scores, 1, LAYOUT.regions())
                .with("features", scene.features, 1, LAYOUT.regions(), SIZE.regionFeature())
                .run(WholeGraph.of(parameters, SIZE, LAYOUT))
                .get("logits");
    }

    private Ort.Outputs encode(Scene... scenes) throws OrtException {
        long[] tags = new long[0];
        float[] boxes = new float[0];
        float[] scores = new float[0];
        float[] features = new float[0];
        for (Scene scene : scenes) {
            tags = java.util.stream.LongStream.concat(Arrays.stream(tags), Arrays.stream(scene.tags))
                    .toArray();
            boxes = join(boxes, scene.boxes);
            scores = join(scores, scene.scores);
            features = join(features, scene.features);
        }
        return new Ort()
                .with("tags", tags, scenes.length, LAYOUT.tags())
                .with("boxes", boxes, scenes.length, LAYOUT.regions(), 4)
                .with("scores", scores, scenes.length, LAYOUT.regions())
                .with("features", features, scenes.length, LAYOUT.regions(), SIZE.regionFeature())
                .run(encode);
    }

    private Ort.Outputs step(
            Ort.Outputs context, long[] tokens, int position, long[] parent, double[] keys, double[] values, int batch)
            throws OrtException {
        long layers = SIZE.layers();
        long heads = SIZE.heads();
        long width = SIZE.headWidth();
        return new Ort()
                .with("tokens", tokens, batch, 2)
                .with("position", new long[] {position}, 1)
                .with("parent", parent, batch)
                .with("keys", floats(keys), batch, layers, heads, LAYOUT.caption(), width)
                .with("values", floats(values), batch, layers, heads, LAYOUT.caption(), width)
                .with(
                        "context_keys",
                        floats(context.get("context_keys")),
                        batch,
                        layers,
                        heads,
                        LAYOUT.context(),
                        width)
                .with(
                        "context_values",
                        floats(context.get("context_values")),
                        batch,
                        layers,
                        heads,
                        LAYOUT.context(),
                        width)
                .with("context_mask", floats(context.get("context_mask")), batch, LAYOUT.context())
                .run(step);
    }

    private static void assertClose(double[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(TOLERANCE * (1 + Math.abs(expected[i]))));
        }
    }

    private static double[] exchange(double[] twoRows) {
        double[] exchanged = new double[twoRows.length];
        int half = twoRows.length / 2;
        System.arraycopy(twoRows, half, exchanged, 0, half);
        System.arraycopy(twoRows, 0, exchanged, half, half);
        return exchanged;
    }

    private static float[] join(float[] a, float[] b) {
        float[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
