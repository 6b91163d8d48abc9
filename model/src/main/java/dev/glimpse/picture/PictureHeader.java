package dev.glimpse.picture;

import dev.glimpse.picture.PictureException.Reason;

/**
 * What the bytes of an encoded picture say about it, read in plain Java before any native decoder sees them.
 *
 * @param format JPEG or PNG
 * @param width pixels per row as stored, before orientation
 * @param height rows as stored
 */
public record PictureHeader(Format format, int width, int height) {
    /** Smallest accepted side in pixels. */
    public static final int SMALLEST_SIDE = 16;

    /** Largest accepted side in pixels. */
    public static final int LARGEST_SIDE = 8192;

    /** Most accepted pixels. */
    public static final int MOST_PIXELS = 16 << 20;

    /** Accepted formats. */
    public enum Format {
        JPEG,
        PNG
    }

    /**
     * Reads and checks the structure of an encoded picture without decoding it.
     *
     * @throws PictureException when it is empty, no JPEG or PNG, of a kind or size that is not accepted, or visibly damaged
     */
    public static PictureHeader read(byte[] encoded) throws PictureException {
        if (encoded.length == 0) {
            throw new PictureException(Reason.EMPTY, "expected a JPEG or PNG picture, found 0 bytes");
        }
        if (JpegStructure.matches(encoded)) {
            return checked(JpegStructure.read(encoded));
        }
        if (PngStructure.matches(encoded)) {
            return checked(PngStructure.read(encoded));
        }
        throw new PictureException(
                Reason.NOT_A_PICTURE,
                "expected a JPEG or PNG picture, found " + encoded.length + " bytes of something else");
    }

    private static PictureHeader checked(PictureHeader header) throws PictureException {
        int shorter = Math.min(header.width, header.height);
        int longer = Math.max(header.width, header.height);
        String size = header.width + " x " + header.height + " pixels";
        if (shorter < SMALLEST_SIDE) {
            throw new PictureException(
                    Reason.TOO_SMALL, "expected sides of at least " + SMALLEST_SIDE + " pixels, found " + size);
        }
        if (longer > LARGEST_SIDE || (long) header.width * header.height > MOST_PIXELS) {
            throw new PictureException(
                    Reason.TOO_LARGE,
                    "expected sides of at most " + LARGEST_SIDE + " and at most " + MOST_PIXELS + " pixels, found "
                            + size);
        }
        return header;
    }
}
