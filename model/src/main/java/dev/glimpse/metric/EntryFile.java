package dev.glimpse.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** JSON files with truth or results in, their records out. Files packed with gzip are unpacked. */
public final class EntryFile {
    private EntryFile() {}

    /**
     * A file that holds an object.
     *
     * @throws UserError when it is missing, empty or malformed
     */
    public static Entry object(Path file) {
        JsonNode root = read(file);
        UserError.require(
                root.isObject(),
                "%s: expected an object such as {\"annotations\": [...]}, found %s.",
                file,
                Entry.kind(root));
        return new Entry(file, "", root);
    }

    /**
     * The records of a results file: a list of objects.
     *
     * @throws UserError when it is missing, empty or malformed
     */
    public static List<Entry> results(Path file) {
        JsonNode root = read(file);
        UserError.require(
                root.isArray(),
                "%s: expected a list of results such as [{...}, {...}], found %s.",
                file,
                Entry.kind(root));
        return Entry.elements(file, "", root);
    }

    private static JsonNode read(Path file) {
        UserError.require(Files.isRegularFile(file), "%s: expected a JSON file, found none. Check the path.", file);
        try (InputStream stream = open(file)) {
            JsonNode root = Json.mapper().readTree(stream);
            UserError.require(
                    root != null && !root.isMissingNode(),
                    "%s: expected JSON, found an empty file. Write it again.",
                    file);
            return root;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new UserError(
                    String.format(
                            "%s: line %d, column %d: malformed JSON: %s. Mend or write the file again.",
                            file, line, column, e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        stream.mark(2);
        boolean packed = stream.read() == 0x1F && stream.read() == 0x8B;
        stream.reset();
        return packed ? new GZIPInputStream(stream, 1 << 16) : stream;
    }
}
