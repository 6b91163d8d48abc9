package dev.glimpse.report;

import java.util.Locale;

/** The boxes of a picture, each the stronger tinted the more a word looked at it, as inline SVG over the CSS {@code --picture}. */
final class LookPicture {
    private static final double STRONGEST = 0.6;

    private LookPicture() {}

    /**
     * Draws the boxes of one word.
     *
     * @param width of the picture, in pixels
     * @param height of it
     */
    static String svg(Report.Look look, int width, int height) {
        double most = 0;
        for (float weight : look.weights()) {
            most = Math.max(most, weight);
        }
        StringBuilder boxes = new StringBuilder();
        for (int i = 0; i < look.weights().length && most > 0; i++) {
            boxes.append(box(look.boxes(), i, width, height, look.weights()[i] / most));
        }
        return String.format(
                Locale.ROOT,
                "<figure><svg viewBox=\"0 0 %d %d\" style=\"background-image:var(--picture)\" role=\"img\">%s</svg>"
                        + "<figcaption>%s</figcaption></figure>%n",
                width,
                height,
                boxes,
                Html.escape(look.word()));
    }

    private static String box(float[] boxes, int i, int width, int height, double share) {
        double x = boxes[4 * i] * width;
        double y = boxes[4 * i + 1] * height;
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#ff7a00\" fill-opacity=\"%.2f\" "
                        + "stroke=\"#ff7a00\" stroke-opacity=\"%.2f\"/>",
                x,
                y,
                boxes[4 * i + 2] * width - x,
                boxes[4 * i + 3] * height - y,
                STRONGEST * share,
                Math.max(0.15, share));
    }
}
