package dev.glimpse.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a YAML file into a record. Every component is required, but for a whole section that is declared {@link
 * java.util.Optional}; an unknown, missing, repeated, null or ill-typed field is refused with file and path, such as {@code train.yaml: caption.batch: expected a whole number, found "many"}.
 */
public final class StrictYaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private StrictYaml() {}

    /**
     * Reads a file.
     *
     * @param type a record whose components are booleans, numbers, strings, enums, {@link Path}s, records, lists and string-keyed maps of these, or an
     *     Optional of a record or of a map
     * @throws UserError when the file cannot be read or does not fit the record
     */
    public static <T> T load(Path file, Class<T> type) {
        return load(file, type, System.getenv());
    }

    static <T> T load(Path file, Class<T> type, Map<String, String> environment) {
        return type.cast(new RecordBinder(file.toString(), environment).bind(tree(file), type));
    }

    /**
     * The values of a file, for settings that are put together from several places.
     *
     * @throws UserError when the file is missing or no YAML
     */
    public static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": expected a settings file in YAML, found none; check the path");
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new UserError(file + where + ": not valid YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Fits values to a record, as {@link #load} does.
     *
     * @param name what errors call their source
     */
    public static <T> T bind(JsonNode tree, String name, Class<T> type) {
        return type.cast(new RecordBinder(name, System.getenv()).bind(tree, type));
    }

    /** One value as it may stand in a file: a number, text, truth value, list or section in braces. */
    public static JsonNode value(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UserError("'" + text + "' is no value in YAML: " + e.getOriginalMessage(), e);
        }
    }
}
