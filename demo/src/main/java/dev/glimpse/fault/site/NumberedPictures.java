package dev.glimpse.fault.site;

import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small pictures, no two alike: one per number, mostly PNG, every eighth JPEG. */
public final class NumberedPictures {
    private static final int SIDE = 16;
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int JPEG_EVERY = 8;

    private NumberedPictures() {}

    /** The picture of a number. */
    public static byte[] of(long number) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        new Random(number).nextBytes(rgb);
        Picture picture = new Picture(SIDE, SIDE, rgb);
        return number % JPEG_EVERY == 0 ? PictureEncoder.jpeg(picture, 90) : png(picture);
    }

    /** A PNG of 8 bits a channel without filtering. */
    public static byte[] png(Picture picture) {
        int row = 3 * picture.width();
        byte[] lines = new byte[(row + 1) * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.rgb(), y * row, lines, y * (row + 1) + 1, row);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(SIGNATURE).array());
        byte[] header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        out.writeBytes(chunk("IHDR", header));
        out.writeBytes(chunk("IDAT", deflate(lines)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    /** One chunk of a PNG, with a right checksum. */
    public static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Compressed as PNG and zip have it. */
    public static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
