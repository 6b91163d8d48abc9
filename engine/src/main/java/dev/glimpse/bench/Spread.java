package dev.glimpse.bench;

import java.util.List;
import java.util.Locale;

/** Median, least and most of some runs. */
public record Spread(double median, double least, double most) {
    /** @param values at least one */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /**
     * For people.
     *
     * @param number format of each of the three, such as {@code %9.2f}
     */
    public String text(String number) {
        return String.format(Locale.ROOT, number + " (" + number + " .." + number + ")", median, least, most);
    }
}
