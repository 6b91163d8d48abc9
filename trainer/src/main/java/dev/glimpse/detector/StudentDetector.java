package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A detector with its numbers: new, or read from a {@code student-detector.safetensors}; detects, and can be written. Used
 * by one thread; {@link #close} frees the numbers.
 */
public final class StudentDetector implements AutoCloseable {
    static final String KIND = "student-detector";

    private final DetectorSize size;
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
        require(
                size.classes() == labels.classes().size()
                        && size.attributes() == labels.attributes().size(),
                "a detector of %d classes and %d attributes needs as many labels, found %d and %d",
                size.classes(),
                size.attributes(),
                labels.classes().size(),
                labels.attributes().size());
        DetectorTensors tensors = DetectorTensors.of(size);
        this.size = size;
        this.labels = labels;
        this.manager = parent.newSubManager();
        this.parameters = new Parameters(manager, tensors.parameters(), seed);
        this.statistics = new Buffers(manager, tensors.statistics());
        this.forward = new DetectorForward(size);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws UserError when it is missing, damaged, or of something else
     */
    public static StudentDetector open(NDManager parent, Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            String kind = reader.metadata().getOrDefault("glimpse.kind", "unknown");
            require(kind.equals(KIND), "%s: expected a checkpoint of kind %s, found %s", file, KIND, kind);
            DetectorSize size = read(file, reader.metadata(), "glimpse.size", DetectorSize.class);
            Labels labels = read(file, reader.metadata(), "glimpse.labels", Labels.class);
            StudentDetector detector = new StudentDetector(parent, size, labels, new Seed(0));
            detector.parameters.load(reader, file);
            detector.statistics.load(reader, file);
            return detector;
        }
    }

    /** Writes a checkpoint, whole or not at all. */
    public void write(Path file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("glimpse.kind", KIND);
        metadata.put("glimpse.size", json(size));
        metadata.put("glimpse.labels", json(labels));
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(parameters.tensors());
        tensors.putAll(statistics.tensors());
        SafetensorsWriter.write(file, metadata, tensors);
    }

    public DetectorSize size() {
        return size;
    }

    public Labels labels() {
        return labels;
    }

    public Parameters parameters() {
        return parameters;
    }

    public Buffers statistics() {
        return statistics;
    }

    /** The network of one training step; a gradient collector must be open. */
    public TeeNetwork training(NDManager step) {
        return training(step, parameters.trainable(step));
    }

    /**
     * As the other method.
     *
     * @param weights trainable views of the parameters
     */
    public TeeNetwork training(NDManager step, Weights weights) {
        return new TeeNetwork(size, weights, statistics.views(step), true);
    }

    /** The network with running statistics, without gradient. */
    public TeeNetwork evaluation(NDManager step) {
        return new TeeNetwork(size, parameters.constant(step), statistics.views(step), false);
    }

    /**
     * The final regions of a batch of pictures.
     *
     * @param pictures each height x width x 3 bytes, RGB, letterboxed to the network's input
     * @param content (B, 2): width and height of each picture's content in pixels
     */
    public List<DetectedPicture> detect(List<byte[]> pictures, float[] content) {
        try (NDManager step = manager.newSubManager()) {
            return forward.detect(step, evaluation(step), pictures, content);
        }
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
        manager.close();
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(Path file, Map<String, String> metadata, String key, Class<T> type) {
        String text = metadata.get(key);
        if (text == null) {
            throw new UserError(file + ": the metadata lacks " + key + "; train the detector again");
        }
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UserError(file + ": " + key + " in the metadata: " + e.getOriginalMessage(), e);
        }
    }
}
