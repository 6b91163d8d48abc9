package dev.glimpse.metric.box;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects and found boxes by category and picture, each group in the order of its file. Boxes of pictures that are not
 * in the truth are left out.
 */
record Grouped(
        Map<String, Map<Integer, List<TrueBox>>> allObjects, Map<String, Map<Integer, List<FoundBox>>> allFound) {
    static Grouped of(BoxTruth truth, List<FoundBox> found) {
        Map<String, Integer> pictures = new HashMap<>();
        truth.pictures().forEach(id -> pictures.put(id, pictures.size()));
        Grouped grouped = new Grouped(new HashMap<>(), new HashMap<>());
        for (TrueBox box : truth.boxes()) {
            put(grouped.allObjects, box.category(), pictures.get(box.picture()), box);
        }
        for (FoundBox box : found) {
            put(grouped.allFound, box.category(), pictures.get(box.picture()), box);
        }
        return grouped;
    }

    private static <T> void put(
            Map<String, Map<Integer, List<T>>> groups, String category, @Nullable Integer picture, T box) {
        if (picture != null) {
            groups.computeIfAbsent(category, c -> new HashMap<>())
                    .computeIfAbsent(picture, p -> new ArrayList<>())
                    .add(box);
        }
    }

    /** Number of the picture to the objects of a category. */
    Map<Integer, List<TrueBox>> objects(String category) {
        return allObjects.getOrDefault(category, Map.of());
    }

    /** Number of the picture to the boxes found of a category. */
    Map<Integer, List<FoundBox>> found(String category) {
        return allFound.getOrDefault(category, Map.of());
    }
}
