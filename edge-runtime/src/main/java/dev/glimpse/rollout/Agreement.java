package dev.glimpse.rollout;

import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far two models say the same of one picture: half for the words, half for the tags, each as the F1 of the two bags. Our
 * own yardstick, not a published one: it asks whether a candidate is another model of the same world, not which is better.
 */
final class Agreement {
    private Agreement() {}

    /** From 0, nothing in common, to 1, the same words and the same tags. */
    static double of(Sight one, Sight other) {
        return (overlap(words(one), words(other)) + overlap(tags(one), tags(other))) / 2;
    }

    /** F1 of two bags: twice what they share over their sizes together; 1 when both are empty. */
    static double overlap(List<String> one, List<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        List<String> left = new ArrayList<>(other);
        int shared = 0;
        for (String each : one) {
            shared += left.remove(each) ? 1 : 0;
        }
        return 2.0 * shared / (one.size() + other.size());
    }

    private static List<String> words(Sight sight) {
        String text = sight.caption().text();
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    private static List<String> tags(Sight sight) {
        return sight.regions().stream().map(Region::tag).toList();
    }
}
