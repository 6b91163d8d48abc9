package dev.glimpse.dataset;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what an import leaves out, by reason, with the first examples of each; nothing is left out silently. */
final class Tally {
    private static final int EXAMPLES = 3;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();

    /**
     * Counts one record.
     *
     * @param reason why it is left out
     * @param record what it is called in its file, such as {@code image 7}
     */
    void add(String reason, String record) {
        counts.merge(reason, 1L, Long::sum);
        List<String> some = examples.computeIfAbsent(reason, r -> new ArrayList<>());
        if (some.size() < EXAMPLES) {
            some.add(record);
        }
    }

    long count(String reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** One line a reason. */
    void print(PrintWriter out) {
        counts.forEach((reason, count) -> out.printf(
                "left out: %,d %s (such as %s)%n",
                count, reason, String.join(", ", examples.getOrDefault(reason, List.of()))));
        out.flush();
    }
}
