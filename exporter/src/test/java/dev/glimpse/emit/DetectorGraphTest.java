package dev.glimpse.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetectorGraphTest {
    private static final Backbone BACKBONE =
            new Backbone(BackboneKind.PLAIN, 4, List.of(5, 6, 7, 8), List.of(1, 0, 1, 1));
    private static final DetectorSize SIZE =
            new DetectorSize(96, 64, BACKBONE, 6, 2, 4, 60, 20, 24, 3, 10, 8, .3, 4, 3, 4, 6);

    @Test
    void regionsAreThoseOfPlainLoops() throws OrtException {
        int regions = 0;
        for (int seed = 1; seed <= 4; seed++) {
            RandomParameters parameters = new RandomParameters(seed);
            byte[] picture = picture(seed);
            Ort.Outputs out = run(DetectorGraph.of(parameters, SIZE), picture, new float[] {90, 50}, 1);
            List<NaiveDetector.Region> expected = new NaiveDetector(parameters, SIZE).detect(picture, 90, 50);
            for (int r = 0; r < SIZE.regions(); r++) {
                if (r < expected.size()) {
                    assertRegion(out, r, expected.get(r));
                } else {
                    assertEmpty(out, r);
                }
            }
            regions += expected.size();
        }
        assertThat(regions).as("regions in all pictures").isBetween(8, 31); // some rows full, some empty
    }

    @Test
    void everyPictureOfABatchHasTheRegionsItHasAlone() throws OrtException {
        OnnxModel model = DetectorGraph.of(new RandomParameters(2), SIZE);
        int batch = 7;
        int bytes = SIZE.pictureWidth() * SIZE.pictureHeight() * 3;
        byte[] pictures = new byte[batch * bytes];
        float[] sizes = new float[2 * batch];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(picture(10 + i), 0, pictures, i * bytes, bytes);
            sizes[2 * i] = 96 - 8 * i;
            sizes[2 * i + 1] = 40 + 4 * i;
        }
        Ort.Outputs together = run(model, pictures, sizes, batch);
        for (int i = 0; i < batch; i++) {
            Ort.Outputs alone = run(
                    model,
                    Arrays.copyOfRange(pictures, i * bytes, (i + 1) * bytes),
                    Arrays.copyOfRange(sizes, 2 * i, 2 * i + 2),
                    1);
            for (String name : List.of("boxes", "scores", "classes", "features", "attributes")) {
                double[] rows = together.get(name);
                int length = rows.length / batch;
                assertThat(Arrays.copyOfRange(rows, i * length, (i + 1) * length))
                        .as("%s of picture %d", name, i)
                        .containsExactly(alone.get(name), within(1e-5));
            }
        }
    }

    @Test
    void theDetectorOfThePapersSizeHasAboutItsNumberOfParameters() {
        Map<String, Long> counts = new TreeMap<>();
        ParameterSource zeros = (name, shape) -> {
            long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            counts.put(name, count);
            return new float[(int) count];
        };
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        DetectorSize full =
                new DetectorSize(512, 384, backbone, 64, 3, 4, 1000, 300, 224, 4, 1024, 50, .05, 1591, 524, 256, 512);
        DetectorGraph.of(zeros, full);
        counts.keySet().removeIf(name -> name.endsWith(".mean") || name.endsWith(".variance"));
        long all = counts.values().stream().mapToLong(n -> n).sum();
        counts.keySet().removeIf(name -> name.startsWith("attribute."));
        long withoutAttributes = counts.values().stream().mapToLong(n -> n).sum();
        // MiniVLM (arXiv 2012.06946) counts 7.53 and 8.54 million.
        assertThat(withoutAttributes / 1e6).isCloseTo(7.53, within(.1));
        assertThat(all / 1e6).isCloseTo(8.54, within(.25));
    }

    private static void assertRegion(Ort.Outputs out, int r, NaiveDetector.Region expected) {
        double[] content = {90, 50, 90, 50};
        for (int i = 0; i < 4; i++) {
            assertThat(out.get("boxes")[4 * r + i]).isCloseTo(expected.box()[i] / content[i], within(1e-5));
        }
        assertThat(out.get("scores")[r]).isCloseTo(expected.score(), within(1e-5));
        assertThat(out.get("classes")[r]).isEqualTo(expected.label());
        assertRow(out.get("features"), r, expected.feature());
        assertRow(out.get("attributes"), r, expected.attributes());
    }

    private static void assertRow(double[] found, int r, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[r * expected.length + i])
                    .isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i]))));
        }
    }

    private static void assertEmpty(Ort.Outputs out, int r) {
        assertRow(out.get("boxes"), r, new double[4]);
        assertRow(out.get("scores"), r, new double[1]);
        assertRow(out.get("classes"), r, new double[1]);
        assertRow(out.get("features"), r, new double[SIZE.feature()]);
        assertRow(out.get("attributes"), r, new double[SIZE.attributes()]);
    }

    private static Ort.Outputs run(OnnxModel model, byte[] pictures, float[] sizes, int batch) throws OrtException {
        return new Ort()
                .with("picture", pictures, batch, SIZE.pictureHeight(), SIZE.pictureWidth(), 3)
                .with("size", sizes, batch, 2)
                .run(model);
    }

    private static byte[] picture(int seed) {
        byte[] rgb = new byte[SIZE.pictureWidth() * SIZE.pictureHeight() * 3];
        Random random = new Random(seed);
        for (int i = 0; i < rgb.length; i++) { // blocks of 8 x 8, so that there is something to see
            int x = i / 3 % SIZE.pictureWidth() / 8;
            int y = i / 3 / SIZE.pictureWidth() / 8;
            rgb[i] = (byte) (31 * (x * 7 + y * 13 + i % 3 * 5 + seed) + random.nextInt(20));
        }
        return rgb;
    }
}
