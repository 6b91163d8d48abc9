package dev.glimpse.export;

import java.util.Random;

/** Pictures for golden runs: coloured boxes on a gradient, the same for the same seed. */
final class TestPicture {
    private static final int BOXES = 6;

    private TestPicture() {}

    /** height x width x 3 bytes. */
    static byte[] draw(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                put(rgb, width, x, y, 255 * x / width, 255 * y / height, 128);
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < BOXES; i++) {
            int w = 8 + random.nextInt(width / 2);
            int h = 8 + random.nextInt(height / 2);
            box(rgb, width, random.nextInt(width - w), random.nextInt(height - h), w, h, random.nextInt());
        }
        return rgb;
    }

    private static void box(byte[] rgb, int width, int left, int top, int w, int h, int colour) {
        for (int y = top; y < top + h; y++) {
            for (int x = left; x < left + w; x++) {
                put(rgb, width, x, y, colour >> 16, colour >> 8, colour);
            }
        }
    }

    private static void put(byte[] rgb, int width, int x, int y, int red, int green, int blue) {
        int at = 3 * (y * width + x);
        rgb[at] = (byte) red;
        rgb[at + 1] = (byte) green;
        rgb[at + 2] = (byte) blue;
    }
}
