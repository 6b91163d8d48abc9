package dev.glimpse.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.Bootstrap.Interval;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one set of results: as a table for people and as JSON.
 *
 * @param figures name to value
 * @param intervals name to interval; empty unless asked for
 * @param differences name to difference from other results; empty unless asked for
 */
public record Report(
        Map<String, Double> figures, Map<String, Interval> intervals, Map<String, Difference> differences) {
    /**
     * Prints one line for each figure.
     *
     * @param digits after the decimal point
     */
    public void print(PrintWriter out, int digits) {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        String heading = pad("", width) + "     score";
        if (!intervals.isEmpty()) {
            heading += "   95 % interval   ";
        }
        if (!differences.isEmpty()) {
            heading += "   difference   95 % interval          p";
        }
        out.println(heading.stripTrailing());
        figures.forEach((name, value) -> {
            StringBuilder line =
                    new StringBuilder(pad(name, width)).append("  ").append(number(value, digits));
            Interval interval = intervals.get(name);
            if (interval != null) {
                line.append("  ").append(number(interval.low(), digits)).append(number(interval.high(), digits));
            }
            Difference difference = differences.get(name);
            if (difference != null) {
                line.append("    ").append(number(difference.difference(), digits));
                line.append("  ").append(number(difference.interval().low(), digits));
                line.append(number(difference.interval().high(), digits));
                line.append(String.format(Locale.ROOT, "  %.4f", difference.p()));
            }
            out.println(line);
        });
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "        -" : String.format(Locale.ROOT, "%9." + digits + "f", value);
    }

    /** Adds {@code intervals} and {@code against} where there are any. */
    public void addTo(ObjectNode json) {
        if (!intervals.isEmpty()) {
            ObjectNode node = json.putObject("intervals");
            intervals.forEach((name, interval) -> put(node.putObject(name), interval));
        }
        if (!differences.isEmpty()) {
            ObjectNode node = json.putObject("against");
            differences.forEach((name, difference) -> {
                ObjectNode one = node.putObject(name);
                put(one, "difference", difference.difference());
                put(one, difference.interval());
                put(one, "p", difference.p());
            });
        }
    }

    private static void put(ObjectNode node, Interval interval) {
        put(node, "low", interval.low());
        put(node, "high", interval.high());
    }

    /** Adds a number, null for NaN. */
    public static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    /** An object of numbers, null for NaN. */
    public static ObjectNode object(Map<String, Double> figures) {
        ObjectNode node = Json.mapper().createObjectNode();
        figures.forEach((name, value) -> put(node, name, value));
        return node;
    }
}
