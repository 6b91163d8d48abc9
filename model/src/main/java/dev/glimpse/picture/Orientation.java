package dev.glimpse.picture;

/**
 * How a camera was held, as EXIF (tag 0x0112) numbers it.
 *
 * @param number 1 upright, 2 mirrored, 3 upside down, 4 that mirrored, 5 to 8 the same four lying on their side
 */
record Orientation(int number) {
    static final Orientation UPRIGHT = new Orientation(1);

    /** What is not 1 to 8 counts as upright. */
    Orientation {
        number = number >= 1 && number <= 8 ? number : 1;
    }

    /** The picture as its camera saw it; itself when it was held upright. */
    Picture upright(Picture stored) {
        if (number == 1) {
            return stored;
        }
        boolean lying = number >= 5;
        int width = lying ? stored.height() : stored.width();
        int height = lying ? stored.width() : stored.height();
        byte[] rgb = new byte[stored.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * source(x, y, stored.width(), stored.height());
                System.arraycopy(stored.rgb(), from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new Picture(width, height, rgb);
    }

    /** Index of the stored pixel that is shown at (x, y). */
    private int source(int x, int y, int width, int height) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (number) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> y * width + x;
        };
    }
}
