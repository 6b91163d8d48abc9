package dev.glimpse.cost;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Teacher and student side by side.
 *
 * @param name of the run whose settings they have
 * @param processors that this process could use
 * @param counts what the sizes take from the data
 * @param words of a caption
 */
record Comparison(String name, int processors, Counts counts, int words, Cost teacher, Cost student) {
    private static final String HEAD = "%-38s %15s %15s %10s%n";
    private static final String WHOLE = "%-38s %,15.0f %,15.0f %9.1f%%%n";
    private static final String FRACTION = "%-38s %,15.2f %,15.2f %9.1f%%%n";

    /** As text: one line for each figure, with the student's share of the teacher's. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, HEAD, name, "teacher", "student", "share"));
        line(text, WHOLE, "parameters, detector", c -> c.size().detectorParameters());
        line(text, WHOLE, "parameters, transformer", c -> c.size().transformerParameters());
        line(text, WHOLE, "parameters", c -> c.size().parameters());
        line(text, FRACTION, "MMAC, picture to maps", c -> c.size().detector().levels() / 1e6);
        line(text, FRACTION, "MMAC, proposals", c -> c.size().detector().proposals() / 1e6);
        line(text, FRACTION, "MMAC, RoIAlign", c -> c.size().detector().crops() / 1e6);
        line(text, FRACTION, "MMAC, heads of regions", c -> c.size().detector().regions() / 1e6);
        line(text, FRACTION, "MMAC, attributes", c -> c.size().detector().attributes() / 1e6);
        line(text, FRACTION, "MMAC, tags and regions", c -> c.size().encode() / 1e6);
        line(
                text,
                FRACTION,
                "MMAC, " + words + " words and the end",
                c -> (c.size().caption() - c.size().encode()) / 1e6);
        line(text, FRACTION, "MMAC", c -> c.size().multiplyAdds() / 1e6);
        line(text, WHOLE, "regions of the measured picture", Cost::regions);
        times(text, "detector", Cost::detect);
        times(text, "caption", Cost::caption);
        line(text, FRACTION, "ms of processor, both medians", Cost::milliseconds);
        return text.toString();
    }

    private void times(StringBuilder text, String what, Function<Cost, Times> times) {
        line(text, FRACTION, "ms of processor, " + what + ", median", c -> times.apply(c)
                .median());
        line(text, FRACTION, "    fastest", c -> times.apply(c).lowest());
        line(text, FRACTION, "    slowest", c -> times.apply(c).highest());
        line(text, FRACTION, "    elapsed, median", c -> times.apply(c).elapsed());
    }

    private void line(StringBuilder text, String format, String what, ToDoubleFunction<Cost> figure) {
        double theirs = figure.applyAsDouble(teacher);
        double own = figure.applyAsDouble(student);
        text.append(String.format(Locale.ROOT, format, what, theirs, own, 100 * own / theirs));
    }
}
