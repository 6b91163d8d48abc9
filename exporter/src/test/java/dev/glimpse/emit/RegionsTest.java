package dev.glimpse.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Anchors, decoding, suppression and pooling of boxes, each against plain loops. */
class RegionsTest {
    private static final DetectorSize SIZE = new DetectorSize(
            160,
            128,
            new Backbone(BackboneKind.PLAIN, 4, List.of(4, 4, 4, 4), List.of(0, 0, 0, 0)),
            3,
            1,
            4,
            30,
            12,
            70,
            4,
            8,
            6,
            .1,
            2,
            2,
            2,
            2);

    @Test
    void anchorsOfEveryLevelHaveItsScaleAndTheThreeAspectRatios() {
        float[] anchors = Anchors.of(SIZE);
        assertThat(anchors).hasSize(4 * 3 * (40 * 32 + 20 * 16 + 10 * 8 + 5 * 4));
        float root = (float) Math.sqrt(2);
        assertThat(Arrays.copyOf(anchors, 12))
                .containsExactly(
                        new float[] {2, 2, 16 * root, 16 / root, 2, 2, 16, 16, 2, 2, 16 / root, 16 * root},
                        within(1e-5f));
        int last = anchors.length - 8; // stride 32, last position, square
        assertThat(Arrays.copyOfRange(anchors, last, last + 4)).containsExactly(144, 112, 128, 128);
        assertThat(anchors[4 * 3]).isEqualTo(6); // next column before next row
    }

    @Test
    void boxesAreDecodedCappedAndClippedPerPicture() throws OrtException {
        OnnxGraph g = new OnnxGraph("decode");
        Value boxes = g.input("boxes", OnnxType.FLOAT, Shape.BATCH, 3, 4);
        Value deltas = g.input("deltas", OnnxType.FLOAT, Shape.BATCH, 3, 4);
        Value content = g.input("content", OnnxType.FLOAT, Shape.BATCH, 2);
        g.output("out", new BoxDecoder(g).fromBoxes(boxes, deltas, content));
        float[] from = {10, 20, 50, 60, 0, 0, 30, 10, 90, 70, 100, 100};
        float[] by = {.1f, -.2f, .3f, -.4f, -1, 2, 9, -9, .5f, .5f, 0, 0};
        float[] contents = {100, 80, 40, 70};
        Ort.Outputs out = new Ort()
                .with("boxes", twice(from), 2, 3, 4)
                .with("deltas", twice(by), 2, 3, 4)
                .with("content", contents, 2, 2)
                .run(g.build());
        for (int i = 0; i < 6; i++) {
            int k = i % 3;
            double[] anchor = {
                (from[4 * k] + from[4 * k + 2]) / 2,
                (from[4 * k + 1] + from[4 * k + 3]) / 2,
                from[4 * k + 2] - from[4 * k],
                from[4 * k + 3] - from[4 * k + 1]
            };
            double[] delta = {by[4 * k], by[4 * k + 1], by[4 * k + 2], by[4 * k + 3]};
            double[] limit = {contents[i / 3 * 2], contents[i / 3 * 2 + 1]};
            assertThat(Arrays.copyOfRange(out.get("out"), 4 * i, 4 * i + 4))
                    .containsExactly(NaiveDetector.decode(anchor, delta, limit), within(1e-4));
        }
    }

    @Test
    void suppressionKeepsTheSameBoxesAsPlainLoopsInEveryRow() throws OrtException {
        int batch = 7;
        int n = 40;
        int most = 12;
        OnnxGraph g = new OnnxGraph("suppress");
        Value boxes = g.input("boxes", OnnxType.FLOAT, Shape.BATCH, n, 4);
        Value wanted = g.input("wanted", OnnxType.FLOAT, Shape.BATCH, n);
        Suppression.Result result = new Suppression(g).emit(boxes, wanted, most, .5);
        g.output("indices", result.indices());
        g.output("valid", result.valid());
        Random random = new Random(9);
        float[] all = new float[batch * n * 4];
        float[] counts = new float[batch * n];
        List<List<double[]>> rows = new ArrayList<>();
        for (int b = 0; b < batch; b++) {
            List<double[]> row = new ArrayList<>();
            int real = b == 3 ? 0 : b == 4 ? 2 : n - b;
            double spread = b == 5 ? 2 : 60; // row 5: all in one heap, few survive
            for (int i = 0; i < n; i++) {
                double x = spread * random.nextDouble();
                double y = spread * random.nextDouble();
                double[] box = {x, y, x + 20 + 20 * random.nextDouble(), y + 20 + 20 * random.nextDouble()};
                for (int k = 0; k < 4; k++) {
                    all[(b * n + i) * 4 + k] = (float) box[k];
                }
                counts[b * n + i] = i < real ? 1 : 0;
                if (i < real) {
                    row.add(box);
                }
            }
            rows.add(row);
        }
        Ort.Outputs out = new Ort()
                .with("boxes", all, batch, n, 4)
                .with("wanted", counts, batch, n)
                .run(g.build());
        for (int b = 0; b < batch; b++) {
            List<Integer> expected =
                    Naive.suppress(rows.get(b), .5).stream().limit(most).toList();
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                if (out.get("valid")[b * most + i] == 1) {
                    assertThat(found).as("kept ones come first").hasSize(i);
                    found.add((int) out.get("indices")[b * most + i]);
                }
            }
            assertThat(found).as("row %d", b).isEqualTo(expected);
        }
    }

    @Test
    void everyBoxIsPooledFromTheLevelOfItsSizeAndThePictureOfItsRow() throws OrtException {
        int batch = 2;
        float[][] boxes = { // sides from 5 to 128: all four levels, an empty box, and boxes over the border
            {3, 4, 8, 9},
            {10, 10, 40, 30},
            {0, 0, 70, 70},
            {20, 10, 148, 128},
            {0, 0, 160, 128},
            {50, 50, 50, 50},
            {100, 3, 160, 9},
            {5.5f, 90.25f, 43, 128},
            {60, 60, 61, 128},
            {1, 2, 36, 37},
            {80, 0, 159, 70},
            {7, 7, 150, 121}
        };
        OnnxGraph g = new OnnxGraph("pool");
        List<Value> levels = new ArrayList<>();
        for (int l = 0; l < 4; l++) {
            levels.add(g.input("level" + l, OnnxType.FLOAT, Shape.BATCH, 3, 32 >> l, 40 >> l));
        }
        Value input = g.input("boxes", OnnxType.FLOAT, Shape.BATCH, boxes.length, 4);
        Value pooled = new RegionPooling(g, SIZE).emit(levels, input); // (B N, 3, P, P)
        g.output("crops", g.reshape(pooled, Shape.BATCH, boxes.length, 3 * 4 * 4));
        Ort ort = new Ort();
        List<float[]> maps = new ArrayList<>();
        Random random = new Random(4);
        for (int l = 0; l < 4; l++) {
            float[] map = new float[batch * 3 * (32 >> l) * (40 >> l)];
            for (int i = 0; i < map.length; i++) {
                map[i] = (float) random.nextGaussian();
            }
            maps.add(map);
            ort.with("level" + l, map, batch, 3, 32 >> l, 40 >> l);
        }
        float[] flat = new float[4 * boxes.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = boxes[i / 4][i % 4];
        }
        double[] crops = ort.with("boxes", twice(flat), batch, boxes.length, 4)
                .run(g.build())
                .get("crops");
        boolean[] used = new boolean[4];
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < boxes.length; i++) {
                double[] box = {boxes[i][0], boxes[i][1], boxes[i][2], boxes[i][3]};
                int level = NaiveDetector.level(box, SIZE.canonicalSide());
                used[level] = true;
                Naive.Map3 map = row(maps.get(level), b, 32 >> level, 40 >> level);
                int at = (b * boxes.length + i) * 48;
                assertThat(Arrays.copyOfRange(crops, at, at + 48))
                        .as("box %d of picture %d on level %d", i, b, level)
                        .containsExactly(Naive.roiAlign(map, box, 4, 4 << level), within(1e-5));
            }
        }
        assertThat(used).containsOnly(true);
    }

    private static Naive.Map3 row(float[] maps, int b, int height, int width) {
        int start = b * 3 * height * width;
        return Naive.Map3.make(3, height, width, (c, y, x) -> maps[start + (c * height + y) * width + x]);
    }

    private static float[] twice(float[] values) {
        float[] both = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, both, values.length, values.length);
        return both;
    }
}
