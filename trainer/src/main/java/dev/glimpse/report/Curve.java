package dev.glimpse.report;

import java.util.List;
import java.util.Locale;

/** A line over steps as inline SVG, with its range written beside it. */
final class Curve {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 120;

    private Curve() {}

    /** One measured value. */
    record Point(long step, double value) {}

    /**
     * Draws a curve.
     *
     * @param points at least one, by rising step
     */
    static String svg(String title, List<Point> points) {
        double low = points.stream().mapToDouble(Point::value).min().orElseThrow();
        double high = points.stream().mapToDouble(Point::value).max().orElseThrow();
        long last = points.get(points.size() - 1).step();
        double span = high > low ? high - low : 1;
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            double x = WIDTH * point.step() / (double) Math.max(1, last);
            double y = HEIGHT - HEIGHT * (point.value() - low) / span;
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return String.format(
                Locale.ROOT,
                """
                <figure><figcaption>%s: %.3f to %.3f over %d steps, last %.3f</figcaption>
                <svg viewBox="-2 -2 %d %d" width="%d" height="%d" role="img">\
                <polyline points="%s" fill="none" stroke="currentColor" stroke-width="1.5"/></svg></figure>
                """,
                Html.escape(title),
                low,
                high,
                last,
                points.get(points.size() - 1).value(),
                WIDTH + 4,
                HEIGHT + 4,
                WIDTH,
                HEIGHT,
                line.toString().strip());
    }
}
