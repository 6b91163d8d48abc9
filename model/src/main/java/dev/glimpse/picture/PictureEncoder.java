package dev.glimpse.picture;

import static dev.glimpse.error.UserError.require;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture in, an encoded file out. Thread-safe. */
public final class PictureEncoder {
    private PictureEncoder() {}

    /**
     * Encodes as JPEG.
     *
     * @param quality 1 to 100
     */
    public static byte[] jpeg(Picture picture, int quality) {
        require(quality >= 1 && quality <= 100, "JPEG quality must lie in 1 to 100, was %d", quality);
        try (BytePointer data = new BytePointer(picture.rgb());
                Mat rgb = new Mat(picture.height(), picture.width(), CV_8UC3, data);
                Mat bgr = new Mat();
                BytePointer out = new BytePointer();
                IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            cvtColor(rgb, bgr, COLOR_RGB2BGR);
            imencode(".jpg", bgr, out, parameters);
            byte[] encoded = new byte[(int) out.limit()];
            out.get(encoded);
            return encoded;
        }
    }
}
