package dev.glimpse.metric.box;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** COCO files of annotated and of found boxes. */
public final class BoxFile {
    private BoxFile() {}

    /**
     * Reads {@code {"images": [{"id"}], "categories": [{"id", "name"}], "annotations": [{"id", "image_id",
     * "category_id", "bbox", "area", "iscrowd"}]}}. Without area, that of the box counts; without iscrowd, 0.
     */
    public static BoxTruth truth(Path file) {
        Entry root = EntryFile.object(file);
        List<String> pictures = new ArrayList<>();
        root.list("images").forEach(image -> pictures.add(image.id("id")));
        UserError.require(!pictures.isEmpty(), "%s: expected at least one picture in \"images\", found none.", file);
        Map<String, String> categories = new LinkedHashMap<>();
        root.list("categories").forEach(category -> categories.put(category.id("id"), category.text("name")));
        List<TrueBox> boxes = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (Entry entry : root.list("annotations")) {
            Rectangle rectangle = rectangle(entry);
            TrueBox box = new TrueBox(
                    entry.whole("id"),
                    entry.id("image_id"),
                    entry.id("category_id"),
                    rectangle,
                    entry.has("area") ? entry.number("area") : rectangle.area(),
                    entry.has("iscrowd") && entry.whole("iscrowd") != 0);
            if (!seen.add(box.id())) {
                throw entry.error("annotation %d is there twice. Give every annotation an id of its own.", box.id());
            }
            boxes.add(box);
        }
        return new BoxTruth(pictures, categories, boxes);
    }

    /**
     * What a detector found.
     *
     * @param boxes in the order of the file
     * @param unknown how many boxes of pictures that are not in the truth were left out
     * @param otherCategories how many boxes are of categories that are not in the truth; they do not count
     */
    public record Found(List<FoundBox> boxes, int unknown, int otherCategories) {}

    /**
     * Reads {@code [{"image_id", "category_id", "bbox", "score"}]}.
     *
     * @param lenient leave out boxes of unknown pictures, and accept a file without boxes, instead of refusing them
     */
    public static Found found(Path file, BoxTruth truth, boolean lenient) {
        Set<String> pictures = Set.copyOf(truth.pictures());
        List<FoundBox> boxes = new ArrayList<>();
        int unknown = 0;
        int otherCategories = 0;
        for (Entry entry : EntryFile.results(file)) {
            FoundBox box = new FoundBox(
                    entry.id("image_id"), entry.id("category_id"), rectangle(entry), entry.number("score"));
            if (pictures.contains(box.picture())) {
                boxes.add(box);
                otherCategories += truth.categories().containsKey(box.category()) ? 0 : 1;
            } else if (lenient) {
                unknown++;
            } else {
                throw entry.error(
                        "picture %s is not in the truth. Remove the result, or leave such results out with --lenient.",
                        box.picture());
            }
        }
        UserError.require(
                lenient || !boxes.isEmpty(),
                "%s: expected at least one box, found none. If nothing was found in any picture, say so with --lenient.",
                file);
        return new Found(boxes, unknown, otherCategories);
    }

    private static Rectangle rectangle(Entry entry) {
        double[] box = entry.rectangle("bbox");
        return new Rectangle(box[0], box[1], box[2], box[3]);
    }
}
