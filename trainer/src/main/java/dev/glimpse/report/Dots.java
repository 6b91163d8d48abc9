package dev.glimpse.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One row of dots for each arm as inline SVG: a dot for each seed, a bar at their mean, a dashed line at the mean of one arm. */
final class Dots {
    private static final int WIDTH = 800;
    private static final int ROW = 18;
    private static final int LABEL = 300;
    private static final int MARGIN = 10;

    private Dots() {}

    /**
     * Draws the arms in their order.
     *
     * @param values of each arm, at least one
     * @param reference arm whose mean the line is at
     */
    static String svg(String title, Map<String, List<Double>> values, String reference) {
        List<Double> all =
                values.values().stream().flatMap(List::stream).sorted().toList();
        double low = all.get(0);
        double high = all.get(all.size() - 1);
        int height = ROW * values.size();
        StringBuilder drawn = new StringBuilder();
        List<Double> line = values.getOrDefault(reference, List.of());
        if (!line.isEmpty()) {
            double x = x(mean(line), low, high);
            drawn.append(format(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#999\" stroke-dasharray=\"3\"/>",
                    x, x, height));
        }
        int y = ROW / 2;
        for (Map.Entry<String, List<Double>> arm : values.entrySet()) {
            double mean = mean(arm.getValue());
            double x = x(mean, low, high);
            drawn.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"12\">%s %.3f</text>",
                    LABEL - MARGIN, y + 4, Html.escape(arm.getKey()), mean));
            for (double value : arm.getValue()) {
                drawn.append(format(
                        "<circle cx=\"%.1f\" cy=\"%d\" r=\"3.5\" fill=\"none\" stroke=\"currentColor\"/>",
                        x(value, low, high), y));
            }
            drawn.append(format(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"currentColor\" stroke-width=\"2\"/>",
                    x, x, y - 7, y + 7));
            y += ROW;
        }
        return format(
                "<figure><figcaption>%s: %.3f to %.3f</figcaption><svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%s</svg></figure>%n",
                Html.escape(title), low, high, WIDTH, height, WIDTH, height, drawn);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double x(double value, double low, double high) {
        return LABEL + (WIDTH - LABEL - MARGIN) * (high > low ? (value - low) / (high - low) : 0.5);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
