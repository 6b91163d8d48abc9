package dev.glimpse.network;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A trained fusion transformer as a safetensors file with its kind, size and layout, as docs/networks.md says. */
public final class FusionFile implements AutoCloseable {
    private final Path file;
    private final SafetensorsReader reader;

    /**
     * Opens a file.
     *
     * @param kind such as {@code student-pretrained}
     * @throws UserError when it is missing, damaged or of another kind
     */
    public FusionFile(Path file, String kind) {
        this.file = file;
        this.reader = SafetensorsReader.open(file);
        String found = reader.metadata("glimpse.kind");
        if (!found.equals(kind)) {
            reader.close();
            throw new UserError(file + ": expected a " + kind + ", found a " + found);
        }
    }

    /** Writes a file, whole or not at all, without what only distillation uses. */
    public static void write(Path file, String kind, FusionSize size, TokenLayout layout, Parameters parameters) {
        Map<String, FloatTensor> tensors = parameters.tensors();
        tensors.keySet().removeIf(name -> name.startsWith(FusionTensors.PROJECTION));
        write(file, kind, size, layout, tensors);
    }

    /** Writes a file with all of the tensors, whole or not at all. */
    public static void write(
            Path file, String kind, FusionSize size, TokenLayout layout, Map<String, FloatTensor> tensors) {
        SafetensorsWriter.write(
                file,
                Map.of("glimpse.kind", kind, "glimpse.size", json(size), "glimpse.layout", json(layout)),
                tensors);
    }

    /** Size of the transformer. */
    public FusionSize size() {
        return metadata("glimpse.size", FusionSize.class);
    }

    public TokenLayout layout() {
        return metadata("glimpse.layout", TokenLayout.class);
    }

    /**
     * Takes the tensors that the file has. One whose name begins with one of {@code fresh} stays as initialised, and so does the
     * projection of distillation where the file has none.
     *
     * @throws UserError that lists every other tensor that is missing or has another shape
     */
    public void load(Parameters parameters, String... fresh) {
        Set<String> names = reader.names();
        parameters.load(
                reader,
                file,
                name -> Arrays.stream(fresh).anyMatch(name::startsWith)
                        || (name.startsWith(FusionTensors.PROJECTION) && !names.contains(name)));
    }

    /** All tensors. */
    public Map<String, FloatTensor> tensors() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        reader.names().forEach(name -> tensors.put(name, reader.tensor(name)));
        return tensors;
    }

    private <T> T metadata(String key, Class<T> type) {
        try {
            return Json.mapper().readValue(reader.metadata(key), type);
        } catch (JsonProcessingException e) {
            throw new UserError(file + ": metadata " + key + " is not what it should be: " + e.getOriginalMessage(), e);
        }
    }

    /** Requires that the file was trained with this size. */
    public void requireSize(FusionSize size) {
        require(
                size().equals(size),
                "%s: expected %s, found %s; run the stage before this one again",
                file,
                size,
                size());
    }

    private static String json(Object value) {
        try {
            return Json.mapper()
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
