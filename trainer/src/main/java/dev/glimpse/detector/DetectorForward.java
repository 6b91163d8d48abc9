package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.box.Suppression;
import dev.glimpse.feature.RegionRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A detector in evaluation: letterboxed pictures in, final regions out; for the student as {@code detector.onnx} computes
 * them. Holds what is the same for every batch; used by one thread.
 */
public final class DetectorForward {
    private static final float IOU = .5f;
    private static final float[] MEAN = {.485f, .456f, .406f};
    private static final float[] DEVIATION = {.229f, .224f, .225f};

    private final DetectorOutline outline;

    public DetectorForward(DetectorOutline outline) {
        this.outline = outline;
    }

    /**
     * The regions of a batch.
     *
     * @param network with running statistics
     * @param levels of the pictures
     * @param content (B, 2): width and height of each picture's content in pixels
     */
    List<DetectedPicture> detect(DetectorNetwork network, List<NDArray> levels, float[] content) {
        ProposalHead.Output head = network.proposals(levels);
        float[] objectness = head.objectness().toFloatArray();
        float[] deltas = head.deltas().toFloatArray();
        List<float[]> proposals = new ArrayList<>();
        for (int b = 0; b < content.length / 2; b++) {
            float width = content[2 * b];
            float height = content[2 * b + 1];
            proposals.add(Proposals.of(b, objectness, deltas, width, height, outline));
        }
        return regions(network, levels, proposals, content);
    }

    private List<DetectedPicture> regions(
            DetectorNetwork network, List<NDArray> levels, List<float[]> proposals, float[] content) {
        BoxHead.Output heads = network.regions(levels, rois(proposals));
        float[] probabilities = heads.classes().softmax(1).toFloatArray();
        float[] deltas = heads.deltas().toFloatArray();
        float[] features = heads.features().toFloatArray();
        List<Found> found = new ArrayList<>();
        int first = 0;
        for (int b = 0; b < proposals.size(); b++) {
            found.add(select(first, proposals.get(b), probabilities, deltas, content[2 * b], content[2 * b + 1]));
            first += proposals.get(b).length / 4;
        }
        float[] attributes = attributes(network, heads.features(), found);
        List<DetectedPicture> pictures = new ArrayList<>();
        int done = 0;
        for (int b = 0; b < found.size(); b++) {
            Found f = found.get(b);
            pictures.add(padded(f, features, content[2 * b], content[2 * b + 1], attributes, done));
            done += f.rows.length;
        }
        return pictures;
    }

    /**
     * What remains of one picture's proposals, by falling score.
     *
     * @param rows rows of the heads' outputs
     * @param boxes in pixels
     * @param labels without background
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Found(int[] rows, float[] boxes, float[] scores, int[] labels) {}

    private Found select(
            int first, float[] proposals, float[] probabilities, float[] deltas, float width, float height) {
        int n = proposals.length / 4;
        int[] rows = new int[n];
        int[] labels = new int[n];
        float[] scores = new float[n];
        float[] boxes = new float[4 * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            int label = best(probabilities, (first + i) * (outline.classes() + 1));
            float score = probabilities[(first + i) * (outline.classes() + 1) + 1 + label];
            if (score >= (float) outline.scoreThreshold()) {
                BoxCoder.REGION.decode(deltas, first + i, proposals, i, width, height, boxes, count);
                rows[count] = first + i;
                labels[count] = label;
                scores[count++] = score;
            }
        }
        float[] kept = Arrays.copyOf(scores, count);
        int[] chosen = Suppression.suppress(Arrays.copyOf(boxes, 4 * count), kept, IOU, outline.regions());
        float[] chosenBoxes = new float[4 * chosen.length];
        float[] chosenScores = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(boxes, 4 * chosen[i], chosenBoxes, 4 * i, 4);
            chosenScores[i] = kept[chosen[i]];
        }
        return new Found(
                Arrays.stream(chosen).map(i -> rows[i]).toArray(),
                chosenBoxes,
                chosenScores,
                Arrays.stream(chosen).map(i -> labels[i]).toArray());
    }

    /** Index of the best class but background, which stands at {@code at}. */
    private int best(float[] probabilities, int at) {
        int best = 0;
        for (int c = 1; c < outline.classes(); c++) {
            if (probabilities[at + 1 + c] > probabilities[at + 1 + best]) {
                best = c;
            }
        }
        return best;
    }

    /** Attribute probabilities of all found regions of the batch, one picture after the other. */
    private float[] attributes(DetectorNetwork network, NDArray features, List<Found> found) {
        long[] rows = found.stream()
                .flatMapToInt(f -> Arrays.stream(f.rows))
                .asLongStream()
                .toArray();
        int[] classes = found.stream()
                .flatMapToInt(f -> Arrays.stream(f.labels).map(c -> c + 1))
                .toArray();
        if (rows.length == 0 || outline.attributes() == 0) {
            return new float[0];
        }
        NDArray chosen = features.get(features.getManager().create(rows));
        return network.attributes(chosen, classes).softmax(1).toFloatArray();
    }

    private DetectedPicture padded(
            Found found, float[] features, float width, float height, float[] attributes, int firstAttribute) {
        int r = outline.regions();
        int f = outline.feature();
        int a = outline.attributes();
        RegionRow row = new RegionRow(new float[4 * r], new float[r], new int[r], new float[r * f]);
        float[] padded = new float[r * a];
        for (int i = 0; i < found.rows.length; i++) {
            for (int k = 0; k < 4; k++) {
                row.boxes()[4 * i + k] = found.boxes[4 * i + k] / (k % 2 == 0 ? width : height);
            }
            row.scores()[i] = found.scores[i];
            row.classes()[i] = found.labels[i];
            System.arraycopy(features, found.rows[i] * f, row.features(), i * f, f);
            System.arraycopy(attributes, (firstAttribute + i) * a, padded, i * a, a);
        }
        return new DetectedPicture(row, padded);
    }

    /**
     * Bytes to what a network reads.
     *
     * @param step owns the result
     * @param pictures each height x width x 3 bytes, RGB, letterboxed
     * @return (B, 3, height, width)
     */
    NDArray normalised(NDManager step, List<byte[]> pictures) {
        int plane = outline.pictureHeight() * outline.pictureWidth();
        float[] pixels = new float[pictures.size() * 3 * plane];
        for (int b = 0; b < pictures.size(); b++) {
            byte[] bytes = pictures.get(b);
            for (int i = 0; i < plane; i++) {
                for (int c = 0; c < 3; c++) {
                    float value = (bytes[3 * i + c] & 0xFF) / 255f;
                    pixels[(b * 3 + c) * plane + i] = (value - MEAN[c]) / DEVIATION[c];
                }
            }
        }
        return step.create(pixels, new Shape(pictures.size(), 3, outline.pictureHeight(), outline.pictureWidth()));
    }

    /** Boxes of each picture, (n, 4) in pixels, one picture after the other. */
    static Rois rois(List<float[]> proposals) {
        int count = proposals.stream().mapToInt(p -> p.length / 4).sum();
        float[] boxes = new float[4 * count];
        int[] pictures = new int[count];
        int row = 0;
        for (int b = 0; b < proposals.size(); b++) {
            float[] own = proposals.get(b);
            System.arraycopy(own, 0, boxes, 4 * row, own.length);
            Arrays.fill(pictures, row, row + own.length / 4, b);
            row += own.length / 4;
        }
        return new Rois(boxes, pictures);
    }
}
