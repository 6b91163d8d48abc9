package dev.glimpse.annotation;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a COCO {@code instances_*.json} that are used, as they stand in the file; the rest is skipped over. */
@JsonIgnoreProperties(ignoreUnknown = true)
record InstancesFile(
        List<Image> images,
        List<Annotation> annotations,
        List<Category> categories,
        @Nullable List<String> attributes) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Image(long id, @JsonProperty("file_name") String file, int width, int height) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Category(long id, String name) {}

    /** {@code bbox}: left, top, width, height in pixels. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Annotation(
            long id,
            @JsonProperty("image_id") long image,
            @JsonProperty("category_id") long category,
            double[] bbox,
            @Nullable Integer iscrowd,
            @Nullable List<String> attributes) {
        /** Whether this is a group that is not told apart; absent means no. */
        boolean crowd() {
            return iscrowd != null && iscrowd != 0;
        }
    }

    /**
     * Reads a file.
     *
     * @throws UserError when it is missing or no such file
     */
    static InstancesFile read(Path file) {
        require(Files.isRegularFile(file), "%s: expected a COCO annotation file, found none; check data.folder", file);
        try (var in = Files.newInputStream(file)) {
            InstancesFile read = Json.mapper()
                    .readerFor(InstancesFile.class)
                    .without(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .readValue(in);
            require(
                    read.images != null && read.annotations != null && read.categories != null,
                    "%s: expected images, annotations and categories at the top, as in COCO",
                    file);
            return read;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new UserError(file + ":" + line + ": not a COCO annotation file: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
