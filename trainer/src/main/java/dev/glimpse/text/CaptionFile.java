package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads captions in COCO's format. */
public final class CaptionFile {
    private CaptionFile() {}

    /**
     * Reads {@code images[].id, file_name} and {@code annotations[].image_id, caption}.
     *
     * @return the pictures that have captions, in the order of the file
     * @throws dev.glimpse.error.UserError when the file is missing or not of this format
     */
    public static List<CaptionedPicture> read(Path file) {
        JsonNode root = Json.read(file, JsonNode.class);
        Map<Long, String> names = new LinkedHashMap<>();
        for (JsonNode image : Fields.array(file, root, "images")) {
            long id = Fields.number(file, image, "id");
            require(
                    names.put(id, Fields.text(file, image, "file_name")) == null,
                    "%s: picture %d is listed twice",
                    file,
                    id);
        }
        Map<Long, List<String>> captions = new LinkedHashMap<>();
        for (JsonNode annotation : Fields.array(file, root, "annotations")) {
            long id = Fields.number(file, annotation, "image_id");
            require(names.containsKey(id), "%s: a caption is of picture %d, which is not among the images", file, id);
            captions.computeIfAbsent(id, i -> new ArrayList<>()).add(Fields.text(file, annotation, "caption"));
        }
        require(!captions.isEmpty(), "%s: expected captions, found none", file);
        return names.entrySet().stream()
                .filter(e -> captions.containsKey(e.getKey()))
                .map(e -> new CaptionedPicture(e.getKey(), e.getValue(), captions.getOrDefault(e.getKey(), List.of())))
                .toList();
    }
}
