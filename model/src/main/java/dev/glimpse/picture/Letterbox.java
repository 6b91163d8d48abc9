package dev.glimpse.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.glimpse.error.UserError;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Places a picture on a network's input: scaled by one factor so that it fits, in the top left corner, the rest filled.
 *
 * @param sourceWidth width of the picture in pixels
 * @param sourceHeight height of the picture in pixels
 * @param width width of the input in pixels
 * @param height height of the input in pixels
 */
public record Letterbox(int sourceWidth, int sourceHeight, int width, int height) {
    /** Red, green and blue of the filled rest: close to zero after normalisation. */
    private static final byte[] FILL = {124, 116, 104};

    public Letterbox {
        UserError.require(
                sourceWidth > 0 && sourceHeight > 0 && width > 0 && height > 0,
                "sizes must be positive, were %d x %d and %d x %d",
                sourceWidth,
                sourceHeight,
                width,
                height);
    }

    /** Pixels per source pixel. */
    public double scale() {
        return Math.min((double) width / sourceWidth, (double) height / sourceHeight);
    }

    /** Width of the scaled picture in the input, 1 to width. */
    public int contentWidth() {
        return (int) Math.max(1, Math.min(width, Math.round(sourceWidth * scale())));
    }

    /** Height of the scaled picture in the input, 1 to height. */
    public int contentHeight() {
        return (int) Math.max(1, Math.min(height, Math.round(sourceHeight * scale())));
    }

    /**
     * Scales and places a picture; area averaging when it shrinks, bilinear when it grows.
     *
     * @param picture of sourceWidth x sourceHeight
     * @return height x width x 3 bytes, RGB
     */
    public byte[] apply(Picture picture) {
        UserError.require(
                picture.width() == sourceWidth && picture.height() == sourceHeight,
                "expected a picture of %d x %d, found %d x %d",
                sourceWidth,
                sourceHeight,
                picture.width(),
                picture.height());
        byte[] content = scaled(picture);
        byte[] out = new byte[width * height * 3];
        int row = contentWidth() * 3;
        for (int y = 0; y < height; y++) {
            int filled = y < contentHeight() ? row : 0;
            System.arraycopy(content, y < contentHeight() ? y * row : 0, out, y * width * 3, filled);
            for (int i = y * width * 3 + filled; i < (y + 1) * width * 3; i += 3) {
                System.arraycopy(FILL, 0, out, i, 3);
            }
        }
        return out;
    }

    private byte[] scaled(Picture picture) {
        if (contentWidth() == sourceWidth && contentHeight() == sourceHeight) {
            return picture.rgb();
        }
        byte[] bytes = new byte[contentWidth() * contentHeight() * 3];
        try (BytePointer data = new BytePointer(picture.rgb());
                Mat source = new Mat(sourceHeight, sourceWidth, CV_8UC3, data);
                Mat target = new Mat();
                Size size = new Size(contentWidth(), contentHeight())) {
            resize(source, target, size, 0, 0, scale() < 1 ? INTER_AREA : INTER_LINEAR);
            target.data().get(bytes);
        }
        return bytes;
    }
}
