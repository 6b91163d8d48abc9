package dev.glimpse.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.glimpse.error.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A large JSON file in, the elements of its lists out, one at a time, so that a file of any length takes the memory of one
 * element. Fields that a type does not know are passed over; a component that must be there carries {@code
 * JsonProperty(required = true)}.
 */
public final class JsonStream {
    private JsonStream() {}

    /**
     * A list at the top of a file.
     *
     * @param name name of the list
     * @param type what its elements are: a record, {@link String}, or {@link com.fasterxml.jackson.databind.JsonNode}
     * @param consumer takes each element, in the order of the file
     */
    public record Part<T>(String name, Class<T> type, Consumer<T> consumer) {
        private void read(Path file, JsonParser parser) throws IOException {
            each(file, name, parser, type, consumer);
        }
    }

    /**
     * Reads some lists of an object; other fields are passed over.
     *
     * @return names of the lists that were there
     * @throws UserError that names file, list and element, when something is malformed
     */
    public static Set<String> lists(Path file, Part<?>... parts) {
        Set<String> seen = new HashSet<>();
        parse(file, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UserError(
                        file + ": expected an object at the top, as in COCO, found " + parser.currentToken());
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                for (Part<?> part : parts) {
                    if (part.name.equals(name)) {
                        part.read(file, parser);
                        seen.add(name);
                    }
                }
                parser.skipChildren(); // nothing to skip after a list that was read
            }
        });
        return seen;
    }

    /** As {@link #lists}, and every list must be there. */
    public static void required(Path file, Part<?>... parts) {
        Set<String> seen = lists(file, parts);
        List<String> missing = List.of(parts).stream()
                .map(Part::name)
                .filter(n -> !seen.contains(n))
                .toList();
        UserError.require(
                missing.isEmpty(), "%s: expected lists %s at the top, found none of that name", file, missing);
    }

    /** Reads a file that is one list. */
    public static <T> void elements(Path file, Class<T> type, Consumer<T> consumer) {
        parse(file, parser -> {
            parser.nextToken();
            each(file, "", parser, type, consumer);
        });
    }

    private static <T> void each(Path file, String name, JsonParser parser, Class<T> type, Consumer<T> consumer)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new UserError(file + ": expected a list" + (name.isEmpty() ? "" : " '" + name + "'") + ", found "
                    + parser.currentToken());
        }
        ObjectReader reader = Json.mapper()
                .readerFor(type)
                .without(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            T element;
            try {
                element = reader.readValue(parser);
            } catch (JsonProcessingException e) {
                throw new UserError(file + ": " + name + "[" + index + "]: " + e.getOriginalMessage(), e);
            }
            consumer.accept(element);
        }
    }

    private interface Reading {
        void read(JsonParser parser) throws IOException;
    }

    private static void parse(Path file, Reading reading) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": expected a JSON file, found none");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                JsonParser parser = Json.mapper().createParser(in)) {
            reading.read(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new UserError(file + ":" + line + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
