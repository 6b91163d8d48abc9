package dev.glimpse.metric.box;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The annotated pictures that detections are scored on. Boxes of equal score are ranked in the order of their pictures,
 * so that pictures and categories are put into ascending order here: by number if all ids are numbers, else as text.
 *
 * @param pictures ids of all pictures, also of those without objects
 * @param categories id to name of every category
 * @param boxes the objects, in the order of the file
 */
public record BoxTruth(List<String> pictures, Map<String, String> categories, List<TrueBox> boxes) {
    public BoxTruth {
        pictures = pictures.stream().distinct().sorted(order(pictures)).toList();
        Map<String, String> names = categories;
        Map<String, String> sorted = new LinkedHashMap<>();
        categories.keySet().stream()
                .sorted(order(List.copyOf(categories.keySet())))
                .forEach(id -> sorted.put(id, names.getOrDefault(id, id)));
        categories = sorted;
    }

    private static Comparator<String> order(List<String> ids) {
        return ids.stream().allMatch(id -> id.matches("-?\\d+"))
                ? Comparator.comparing(BigInteger::new)
                : Comparator.naturalOrder();
    }
}
