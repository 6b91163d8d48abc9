package dev.glimpse.metric.caption;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A COCO captions file.
 *
 * @param references picture to its captions, in the order of the pictures in the file; pictures without captions are not
 *     in it
 * @param ids picture to its id as the file writes it
 */
public record CaptionTruth(Map<String, List<String>> references, Map<String, JsonNode> ids) {
    /**
     * Reads {@code {"images": [{"id"}], "annotations": [{"image_id", "caption"}]}}. Without images, the pictures are
     * those of the annotations; with images, captions of other pictures do not count.
     */
    public static CaptionTruth read(Path file) {
        Entry root = EntryFile.object(file);
        Map<String, List<String>> captions = new LinkedHashMap<>();
        Map<String, JsonNode> ids = new LinkedHashMap<>();
        boolean listed = root.has("images") && !root.list("images").isEmpty();
        if (listed) {
            for (Entry image : root.list("images")) {
                captions.put(image.id("id"), new ArrayList<>());
                ids.put(image.id("id"), image.node().get("id"));
            }
        }
        for (Entry annotation : root.list("annotations")) {
            String picture = annotation.id("image_id");
            String caption = annotation.text("caption");
            if (!listed && !captions.containsKey(picture)) {
                captions.put(picture, new ArrayList<>());
                ids.put(picture, annotation.node().get("image_id"));
            }
            captions.getOrDefault(picture, new ArrayList<>()).add(caption);
        }
        captions.values().removeIf(List::isEmpty);
        UserError.require(!captions.isEmpty(), "%s: expected at least one picture with a caption, found none.", file);
        return new CaptionTruth(captions, ids);
    }
}
