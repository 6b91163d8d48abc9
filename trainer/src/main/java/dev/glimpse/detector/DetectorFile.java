package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint of a detector: kind, size and labels in the metadata, tensors by name. */
final class DetectorFile implements AutoCloseable {
    private static final String SIZE = "glimpse.size";
    private static final String LABELS = "glimpse.labels";

    private final Path file;
    private final SafetensorsReader reader;

    /**
     * Opens a checkpoint.
     *
     * @throws UserError when it is missing, damaged, or of another kind
     */
    DetectorFile(Path file, String kind) {
        this.file = file;
        this.reader = SafetensorsReader.open(file);
        String found = reader.metadata().getOrDefault("glimpse.kind", "unknown");
        require(found.equals(kind), "%s: expected a checkpoint of kind %s, found %s", file, kind, found);
    }

    <T> T size(Class<T> type) {
        return read(SIZE, type);
    }

    Labels labels() {
        return read(LABELS, Labels.class);
    }

    void load(Parameters parameters, Buffers statistics) {
        parameters.load(reader, file);
        statistics.load(reader, file);
    }

    /** Writes a checkpoint, whole or not at all. */
    static void write(Path file, String kind, Object size, Labels labels, Parameters parameters, Buffers statistics) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("glimpse.kind", kind);
        metadata.put(SIZE, json(size));
        metadata.put(LABELS, json(labels));
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(parameters.tensors());
        tensors.putAll(statistics.tensors());
        SafetensorsWriter.write(file, metadata, tensors);
    }

    /** Requires a label for each class and attribute. */
    static void requireFit(Labels labels, DetectorOutline outline) {
        require(
                outline.classes() == labels.classes().size()
                        && outline.attributes() == labels.attributes().size(),
                "a detector of %d classes and %d attributes needs as many labels, found %d and %d",
                outline.classes(),
                outline.attributes(),
                labels.classes().size(),
                labels.attributes().size());
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String key, Class<T> type) {
        String text = reader.metadata().get(key);
        if (text == null) {
            throw new UserError(file + ": the metadata lacks " + key + "; train the detector again");
        }
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UserError(file + ": " + key + " in the metadata: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
