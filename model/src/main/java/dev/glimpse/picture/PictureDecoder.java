package dev.glimpse.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import dev.glimpse.picture.PictureException.Reason;
import dev.glimpse.picture.PictureHeader.Format;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded bytes in, an upright RGB picture out. The same code decodes for training and on the edge, so that both see the
 * same pixels. Thread-safe.
 */
public final class PictureDecoder {
    private PictureDecoder() {}

    /**
     * Decodes a JPEG or PNG; its EXIF orientation is applied, for a PNG without one that of its XMP; transparency is dropped,
     * grey becomes three equal channels. The decoder writes into zeroed memory, so what a damaged picture leaves open is black
     * and never another picture's.
     *
     * @throws PictureException when the bytes are no acceptable picture
     */
    public static Picture decode(byte[] encoded) throws PictureException {
        PictureHeader header = PictureHeader.read(encoded);
        try (BytePointer data = new BytePointer(encoded);
                Mat buffer = new Mat(1, encoded.length, CV_8UC1, data);
                Mat zeroed = new Mat(header.height(), header.width(), CV_8UC3);
                Mat decoded = imdecode(buffer, IMREAD_COLOR_RGB, zero(zeroed))) {
            if (decoded == null || decoded.empty()) {
                throw new PictureException(
                        Reason.DAMAGED, header.format() + " of " + encoded.length + " bytes cannot be decoded");
            }
            byte[] rgb = new byte[decoded.cols() * decoded.rows() * 3];
            decoded.data().get(rgb);
            Picture picture = new Picture(decoded.cols(), decoded.rows(), rgb);
            return header.format() == Format.PNG ? PngOrientation.of(encoded).upright(picture) : picture;
        } catch (RuntimeException e) {
            throw new PictureException(
                    Reason.DAMAGED, header.format() + " of " + encoded.length + " bytes is refused by the decoder");
        }
    }

    private static Mat zero(Mat mat) {
        Pointer.memset(mat.data(), 0, mat.total() * mat.elemSize());
        return mat;
    }
}
