package dev.glimpse.cost;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.detector.C4Size;
import dev.glimpse.detector.Detector;
import dev.glimpse.detector.DetectorMultiplyAdds;
import dev.glimpse.detector.DetectorTensors;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.detector.TeacherDetector;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.network.CachedCaptioner;
import dev.glimpse.network.FusionMultiplyAdds;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The two networks of a teacher or a student with random weights, which cost what trained ones cost. The detector drops no
 * region for its score, so that it does as much as it can ever have to; the transformer looks at a full set of tags and regions.
 *
 * <p>Used by one thread; {@link #close} frees the weights.
 */
final class Networks implements AutoCloseable {
    private static final Seed SEED = new Seed(1);
    private static final int TOKEN = 1; // any that is not padding

    private final NDManager manager;
    private final Detector detector;
    private final Size size;
    private final FusionSize fusion;
    private final TokenLayout layout;
    private final Parameters transformer;
    private final List<byte[]> picture;

    private Networks(NDManager parent, Detector detector, Size size, FusionSize fusion, TokenLayout layout) {
        this.manager = parent.newSubManager();
        this.detector = detector;
        this.size = size;
        this.fusion = fusion;
        this.layout = layout;
        this.transformer = new Parameters(manager, FusionTensors.captioning(fusion), SEED);
        byte[] pixels = new byte
                [3 * detector.outline().pictureWidth() * detector.outline().pictureHeight()];
        new Random(1).nextBytes(pixels);
        this.picture = List.of(pixels);
    }

    /**
     * What is counted.
     *
     * @param detectorParameters with running statistics
     * @param transformerParameters of captioning
     * @param detector multiply-adds of one picture
     * @param encode multiply-adds of tags and regions
     * @param caption multiply-adds of a whole caption, with {@code encode}
     */
    record Size(
            long detectorParameters,
            long transformerParameters,
            DetectorMultiplyAdds detector,
            long encode,
            long caption) {
        private static Size of(
                DetectorTensors tensors,
                DetectorMultiplyAdds detector,
                FusionSize fusion,
                TokenLayout layout,
                int words) {
            FusionMultiplyAdds counted = new FusionMultiplyAdds(fusion, layout);
            return new Size(
                    tensors.count(),
                    FusionTensors.captioning(fusion).stream()
                            .mapToLong(t -> t.shape().size())
                            .sum(),
                    detector,
                    counted.encode(),
                    counted.caption(words));
        }

        /** Of both networks. */
        @JsonProperty
        long parameters() {
            return detectorParameters + transformerParameters;
        }

        /** Of one picture and its caption. */
        @JsonProperty
        long multiplyAdds() {
            return detector.all() + caption;
        }
    }

    /** A student. */
    static Networks student(
            NDManager manager, DetectorSize size, FusionSize fusion, TokenLayout layout, Counts counts, int words) {
        Size counted = Size.of(DetectorTensors.of(size), DetectorMultiplyAdds.of(size), fusion, layout, words);
        DetectorSize all = keepingAll(size, DetectorSize.class);
        return new Networks(manager, new StudentDetector(manager, all, counts.labels(), SEED), counted, fusion, layout);
    }

    /** A teacher. */
    static Networks teacher(
            NDManager manager, C4Size size, FusionSize fusion, TokenLayout layout, Counts counts, int words) {
        Size counted = Size.of(DetectorTensors.of(size), DetectorMultiplyAdds.of(size), fusion, layout, words);
        C4Size all = keepingAll(size, C4Size.class);
        return new Networks(manager, new TeacherDetector(manager, all, counts.labels(), SEED), counted, fusion, layout);
    }

    /** A size whose regions are all kept whatever their score. */
    private static <T> T keepingAll(T size, Class<T> type) {
        ObjectNode tree = Json.mapper().valueToTree(size);
        tree.put("scoreThreshold", 0.0);
        try {
            return Json.mapper().treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Size size() {
        return size;
    }

    /** Looks at one picture. Returns how many regions it found. */
    int detect() {
        float[] content = {detector.outline().pictureWidth(), detector.outline().pictureHeight()};
        return detector.detect(picture, content).get(0).regions().count();
    }

    /** Writes a greedy caption of so many words, and asks for the end, whichever words they are. */
    void caption(int words) {
        int[][] tags = new int[1][layout.tags()];
        Arrays.fill(tags[0], TOKEN);
        try (NDManager step = manager.newSubManager();
                CachedCaptioner next = new CachedCaptioner(
                        step, fusion, layout, transformer.constant(step), tags, List.of(regions()), 1, TOKEN)) {
            int[] last = {TOKEN};
            for (int t = 0; t <= words; t++) {
                last = new int[] {best(next.next(last, new int[] {0}).logits()[0])};
            }
        }
    }

    private RegionRow regions() {
        int r = layout.regions();
        float[] scores = new float[r];
        Arrays.fill(scores, 1);
        return new RegionRow(new float[4 * r], scores, new int[r], new float[r * fusion.regionFeature()]);
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    @Override
    public void close() {
        detector.close();
        transformer.close();
        manager.close();
    }
}
