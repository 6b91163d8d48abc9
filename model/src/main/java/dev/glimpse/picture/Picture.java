package dev.glimpse.picture;

import static dev.glimpse.error.UserError.require;

/**
 * A decoded, upright picture.
 *
 * @param width pixels per row
 * @param height rows
 * @param rgb red, green and blue of each pixel, 0 to 255 unsigned, row by row: height x width x 3 bytes. Not copied: who
 *     makes a picture gives the array away
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
public record Picture(int width, int height, byte[] rgb) {
    public Picture {
        require(
                width > 0 && height > 0 && rgb.length == 3L * width * height,
                "a picture of %d x %d needs %d bytes, found %d",
                width,
                height,
                3L * width * height,
                rgb.length);
    }
}
