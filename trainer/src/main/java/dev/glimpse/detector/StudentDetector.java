package dev.glimpse.detector;

import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.List;

/** The student's detector with its numbers: new, or read from a {@code student-detector.safetensors}. */
public final class StudentDetector implements Detector {
    static final String KIND = "student-detector";

    private final DetectorSize size;
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
    public StudentDetector(NDManager parent, DetectorSize size, Labels labels, Seed seed) {
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
    public static StudentDetector open(NDManager parent, Path file) {
        try (DetectorFile checkpoint = new DetectorFile(file, KIND)) {
            StudentDetector detector =
                    new StudentDetector(parent, checkpoint.size(DetectorSize.class), checkpoint.labels(), new Seed(0));
            checkpoint.load(detector.parameters, detector.statistics);
            return detector;
        }
    }

    @Override
    public void write(Path file) {
        DetectorFile.write(file, KIND, size, labels, parameters, statistics);
    }

    public DetectorSize size() {
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
    public TeeNetwork training(NDManager step, Weights weights) {
        return new TeeNetwork(size, weights, statistics.views(step), true);
    }

    /** The network with running statistics, without gradient. */
    public TeeNetwork evaluation(NDManager step) {
        return new TeeNetwork(size, parameters.constant(step), statistics.views(step), false);
    }

    @Override
    public List<DetectedPicture> detect(List<byte[]> pictures, float[] content) {
        try (NDManager step = manager.newSubManager()) {
            TeeNetwork network = evaluation(step);
            return forward.detect(network, network.levels(forward.normalised(step, pictures)), content);
        }
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
        manager.close();
    }
}
