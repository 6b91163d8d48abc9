package dev.glimpse.detector;

/**
 * Boxes as offsets from reference boxes (Faster R-CNN, arXiv 1506.01497, equation 2), and back:
 *
 * <pre>  dx = wx (x - xa) / wa    dy = wy (y - ya) / ha    dw = ww log(w / wa)    dh = wh log(h / ha)  </pre>
 *
 * with x, y the centre. Boxes are four corners x1, y1, x2, y2 in a float array.
 *
 * @param position weight wx = wy
 * @param extent weight ww = wh
 */
public record BoxCoder(float position, float extent) {
    /** For proposals from anchors. */
    public static final BoxCoder ANCHOR = new BoxCoder(1, 1);
    /** For regions from proposals. */
    public static final BoxCoder REGION = new BoxCoder(10, 5);

    /** dw and dh are cut here before the exponential. */
    static final float LARGEST = (float) Math.log(1000.0 / 16);

    /** The offsets of box {@code b} of {@code boxes} from box {@code r} of {@code references}, to {@code out[at..at+3]}. */
    public void encode(float[] boxes, int b, float[] references, int r, float[] out, int at) {
        float wa = references[4 * r + 2] - references[4 * r];
        float ha = references[4 * r + 3] - references[4 * r + 1];
        float w = boxes[4 * b + 2] - boxes[4 * b];
        float h = boxes[4 * b + 3] - boxes[4 * b + 1];
        out[at] = position * (boxes[4 * b] + w / 2 - references[4 * r] - wa / 2) / wa;
        out[at + 1] = position * (boxes[4 * b + 1] + h / 2 - references[4 * r + 1] - ha / 2) / ha;
        out[at + 2] = extent * (float) Math.log(w / wa);
        out[at + 3] = extent * (float) Math.log(h / ha);
    }

    /**
     * The box that lies at {@code deltas[4 d..]} from box {@code r} of {@code references}, clipped to [0, width] x [0,
     * height], to {@code out[4 at..]}.
     */
    public void decode(
            float[] deltas, int d, float[] references, int r, float width, float height, float[] out, int at) {
        float wa = references[4 * r + 2] - references[4 * r];
        float ha = references[4 * r + 3] - references[4 * r + 1];
        float x = references[4 * r] + wa / 2 + deltas[4 * d] / position * wa;
        float y = references[4 * r + 1] + ha / 2 + deltas[4 * d + 1] / position * ha;
        float w = (float) Math.exp(Math.min(deltas[4 * d + 2] / extent, LARGEST)) * wa;
        float h = (float) Math.exp(Math.min(deltas[4 * d + 3] / extent, LARGEST)) * ha;
        out[4 * at] = clamp(x - w / 2, width);
        out[4 * at + 1] = clamp(y - h / 2, height);
        out[4 * at + 2] = clamp(x + w / 2, width);
        out[4 * at + 3] = clamp(y + h / 2, height);
    }

    private static float clamp(float value, float limit) {
        return Math.max(0, Math.min(limit, value));
    }
}
