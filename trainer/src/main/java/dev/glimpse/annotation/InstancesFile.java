package dev.glimpse.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.error.UserError;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a COCO {@code instances_*.json} that are used, as they stand in the file, but for its annotations, which are
 * many: {@link #annotations} hands them on one by one.
 *
 * @param attributes names of all attributes: a list of ours, which COCO's own files have not
 */
record InstancesFile(Path file, List<Image> images, List<Category> categories, List<String> attributes) {
    record Image(
            @JsonProperty(required = true) long id,
            @JsonProperty("file_name") @Nullable String file,
            int width,
            int height) {}

    record Category(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String name) {}

    /** {@code bbox}: left, top, width, height in pixels. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Annotation(
            @JsonProperty(required = true) long id,

            @JsonProperty(value = "image_id", required = true)
            long image,

            @JsonProperty(value = "category_id", required = true)
            long category,

            double @Nullable [] bbox,
            @Nullable Integer iscrowd,
            @Nullable List<String> attributes) {
        /** Whether this is a group that is not told apart; absent means no. */
        boolean crowd() {
            return iscrowd != null && iscrowd != 0;
        }
    }

    /**
     * Reads everything but the annotations.
     *
     * @throws UserError when the file is missing or no such file
     */
    static InstancesFile read(Path file) {
        List<Category> categories = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        List<Image> images = images(
                file,
                new Part<>("categories", Category.class, categories::add),
                new Part<>("attributes", String.class, attributes::add));
        UserError.require(
                !categories.isEmpty(), "%s: expected images, annotations and categories at the top, as in COCO", file);
        return new InstancesFile(file, images, categories, attributes);
    }

    /** Reads the pictures of any file in COCO's format. */
    static List<Image> images(Path file, Part<?>... others) {
        UserError.require(
                Files.isRegularFile(file),
                "%s: expected a COCO annotation file, found none; check the data folder",
                file);
        List<Image> images = new ArrayList<>();
        List<Part<?>> parts = new ArrayList<>(List.of(others));
        parts.add(new Part<>("images", Image.class, images::add));
        UserError.require(
                JsonStream.lists(file, parts.toArray(Part[]::new)).contains("images"),
                "%s: expected images and annotations at the top, as in COCO",
                file);
        return images;
    }

    /** Reads the annotations, in the order of the file: it may have them before its categories. */
    void annotations(Consumer<Annotation> consumer) {
        JsonStream.required(file, new Part<>("annotations", Annotation.class, consumer));
    }
}
