package dev.glimpse.source;

import dev.glimpse.picture.Picture;

/** Turns pictures by quarters. */
final class Rotation {
    private Rotation() {}

    /**
     * The picture as it should be shown.
     *
     * @param degrees by which the file says that it was turned counter-clockwise on the way to the eye; rounded to quarters
     */
    static Picture upright(Picture picture, double degrees) {
        int quarters = Math.floorMod((int) -Math.round(degrees / 90), 4);
        return switch (quarters) {
            case 1 -> clockwise(picture);
            case 2 -> clockwise(clockwise(picture));
            case 3 -> clockwise(clockwise(clockwise(picture)));
            default -> picture;
        };
    }

    /** Pixel (x, y) goes to (height - 1 - y, x). */
    private static Picture clockwise(Picture picture) {
        int width = picture.height();
        byte[] from = picture.rgb();
        byte[] to = new byte[from.length];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                System.arraycopy(from, 3 * (y * picture.width() + x), to, 3 * (x * width + width - 1 - y), 3);
            }
        }
        return new Picture(width, picture.width(), to);
    }
}
