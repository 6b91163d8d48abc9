package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The teacher's detector with its numbers: new, or read from a {@code teacher-detector.safetensors}. Besides detecting it
 * describes boxes that it is given, which is how teacher and student come to speak of the same regions.
 *
 * <p>In evaluation pictures are looked at one by one: stage 5 on every proposal needs much memory, and a picture is seen the
 * same whatever stands beside it.
 */
public final class TeacherDetector implements Detector {
    static final String KIND = "teacher-detector";

    private final C4Size size;
    private final DetectorOutline outline;
    private final Labels labels;
    private final NDManager manager;
    private final Parameters parameters;
    private final Buffers statistics;
    private final DetectorForward forward;

    /**
     * A new detector.
     *
     * @param parent long-lived; says on which device the numbers are
     * @param seed where the first numbers are drawn from
     */
    public TeacherDetector(NDManager parent, C4Size size, Labels labels, Seed seed) {
        this.size = size;
        this.outline = DetectorOutline.of(size);
        DetectorFile.requireFit(labels, outline);
        DetectorTensors tensors = DetectorTensors.of(size);
        this.labels = labels;
        this.manager = parent.newSubManager();
        this.parameters = new Parameters(manager, tensors.parameters(), seed);
        this.statistics = new Buffers(manager, tensors.statistics());
        this.forward = new DetectorForward(outline);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws UserError when it is missing, damaged, or of something else
     */
    public static TeacherDetector open(NDManager parent, Path file) {
        try (DetectorFile checkpoint = new DetectorFile(file, KIND)) {
            TeacherDetector detector =
                    new TeacherDetector(parent, checkpoint.size(C4Size.class), checkpoint.labels(), new Seed(0));
            checkpoint.load(detector.parameters, detector.statistics);
            return detector;
        }
    }

    @Override
    public void write(Path file) {
        DetectorFile.write(file, KIND, size, labels, parameters, statistics);
    }

    public C4Size size() {
        return size;
    }

    @Override
    public DetectorOutline outline() {
        return outline;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Buffers statistics() {
        return statistics;
    }

    @Override
    public C4Network training(NDManager step, Weights weights) {
        return new C4Network(size, weights, statistics.views(step), true);
    }

    /** The network with running statistics, without gradient. */
    public C4Network evaluation(NDManager step) {
        return new C4Network(size, parameters.constant(step), statistics.views(step), false);
    }

    /**
     * The final regions of a batch of pictures. Features and attributes are those of the final boxes: {@link #features} of
     * these boxes gives the same. (The student's are those of the proposals that the boxes came from.)
     */
    @Override
    public List<DetectedPicture> detect(List<byte[]> pictures, float[] content) {
        List<DetectedPicture> detected = new ArrayList<>();
        for (int b = 0; b < pictures.size(); b++) {
            float[] own = {content[2 * b], content[2 * b + 1]};
            try (NDManager step = manager.newSubManager()) {
                C4Network network = evaluation(step);
                List<NDArray> levels = network.levels(forward.normalised(step, List.of(pictures.get(b))));
                DetectedPicture found = forward.detect(network, levels, own).get(0);
                detected.add(described(network, levels, found, own));
            }
        }
        return detected;
    }

    /**
     * The features of given boxes, as they are and in their order: nothing is proposed, moved, suppressed or sorted.
     *
     * @param pictures each height x width x 3 bytes, RGB, letterboxed to the network's input
     * @param content (B, 2): width and height of each picture's content in pixels
     * @param boxes of each picture, (n, 4): x1, y1, x2, y2 as fractions of the picture; n may differ, and be 0
     * @return of each picture, (n, F)
     */
    public List<float[]> features(List<byte[]> pictures, float[] content, List<float[]> boxes) {
        require(
                boxes.size() == pictures.size(),
                "expected boxes of %d pictures, found those of %d",
                pictures.size(),
                boxes.size());
        List<float[]> features = new ArrayList<>();
        for (int b = 0; b < pictures.size(); b++) {
            float[] own = {content[2 * b], content[2 * b + 1]};
            if (boxes.get(b).length == 0) {
                features.add(new float[0]);
                continue;
            }
            try (NDManager step = manager.newSubManager()) {
                C4Network network = evaluation(step);
                List<NDArray> levels = network.levels(forward.normalised(step, List.of(pictures.get(b))));
                features.add(features(network, levels, boxes.get(b), own).toFloatArray());
            }
        }
        return features;
    }

    /** (n, F). */
    private static NDArray features(C4Network network, List<NDArray> levels, float[] boxes, float[] content) {
        float[] pixels = new float[boxes.length];
        for (int i = 0; i < boxes.length; i++) {
            pixels[i] = boxes[i] * content[i % 2];
        }
        return network.regions(levels, DetectorForward.rois(List.of(pixels))).features();
    }

    /** One picture's regions with features and attributes of their final boxes. */
    private DetectedPicture described(C4Network network, List<NDArray> levels, DetectedPicture found, float[] content) {
        RegionRow row = found.regions();
        int count = row.count();
        if (count == 0) {
            return found;
        }
        NDArray features = features(network, levels, Arrays.copyOf(row.boxes(), 4 * count), content);
        float[] padded = Arrays.copyOf(features.toFloatArray(), row.features().length);
        RegionRow described = new RegionRow(row.boxes(), row.scores(), row.classes(), padded);
        if (outline.attributes() == 0) {
            return new DetectedPicture(described, found.attributes());
        }
        int[] classes = Arrays.stream(row.classes(), 0, count).map(c -> c + 1).toArray();
        float[] attributes = network.attributes(features, classes).softmax(1).toFloatArray();
        return new DetectedPicture(described, Arrays.copyOf(attributes, found.attributes().length));
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
        manager.close();
    }
}
