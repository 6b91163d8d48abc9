package dev.glimpse.emit;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.nio.file.Path;
import java.util.Arrays;

/** A safetensors checkpoint of one network, with its size. Close it when the graphs are emitted. */
public final class Checkpoint implements ParameterSource, AutoCloseable {
    private final Path file;
    private final SafetensorsReader reader;

    private Checkpoint(Path file, SafetensorsReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** Opens a checkpoint and checks its kind, such as {@code student-caption}. */
    public static Checkpoint open(Path file, String kind) {
        SafetensorsReader reader = SafetensorsReader.open(file);
        String found = reader.metadata().getOrDefault("glimpse.kind", "none");
        if (!found.equals(kind)) {
            reader.close();
            throw new UserError("%s: expected a checkpoint of kind %s, found kind %s".formatted(file, kind, found));
        }
        return new Checkpoint(file, reader);
    }

    public DetectorSize detectorSize() {
        return metadata("glimpse.size", DetectorSize.class);
    }

    public FusionSize fusionSize() {
        return metadata("glimpse.size", FusionSize.class);
    }

    public TokenLayout layout() {
        return metadata("glimpse.layout", TokenLayout.class);
    }

    private <T> T metadata(String key, Class<T> type) {
        try {
            return Json.mapper().readValue(reader.metadata(key), type);
        } catch (JsonProcessingException e) {
            throw new UserError(
                    "%s: metadata %s: expected a %s: %s"
                            .formatted(file, key, type.getSimpleName(), e.getOriginalMessage()),
                    e);
        }
    }

    @Override
    public float[] get(String name, long... shape) {
        require(
                reader.names().contains(name),
                "%s: expected a tensor %s %s, found none. Was it trained with another size?",
                file,
                name,
                Arrays.toString(shape));
        long[] found = reader.shape(name);
        require(
                Arrays.equals(found, shape),
                "%s: %s: expected shape %s, found %s. Was it trained with another size?",
                file,
                name,
                Arrays.toString(shape),
                Arrays.toString(found));
        float[] values = reader.floats(name);
        for (float value : values) {
            require(Float.isFinite(value), "%s: %s: expected finite numbers, found %s", file, name, value);
        }
        return values;
    }

    @Override
    public void close() {
        reader.close();
    }
}
