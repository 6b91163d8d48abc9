package dev.glimpse.metric.caption;

import dev.glimpse.metric.Blanks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each n-gram of one tokenised caption occurs in it.
 *
 * @param words number of words
 * @param counts for n = 1 to 4 (index n - 1): n-gram, its words joined by one blank, to its count
 */
record Ngrams(int words, List<Map<String, Integer>> counts) {
    /** The longest n-gram counted. */
    static final int LONGEST = 4;

    static Ngrams of(String tokens) {
        List<String> words = Blanks.split(tokens);
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (int n = 1; n <= LONGEST; n++) {
            Map<String, Integer> count = new HashMap<>();
            for (int i = 0; i + n <= words.size(); i++) {
                count.merge(String.join(" ", words.subList(i, i + n)), 1, Integer::sum);
            }
            counts.add(count);
        }
        return new Ngrams(words.size(), counts);
    }

    static List<Ngrams> of(List<String> captions) {
        return captions.stream().map(Ngrams::of).toList();
    }
}
