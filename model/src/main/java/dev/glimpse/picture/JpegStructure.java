package dev.glimpse.picture;

import dev.glimpse.picture.PictureException.Reason;
import dev.glimpse.picture.PictureHeader.Format;

/** Walks the markers of a JPEG file (ITU-T T.81, annex B) without decoding it. */
final class JpegStructure {
    private static final int MOST_SCANS = 64;
    private static final int MOST_SEGMENTS = 1024;
    private static final int MOST_APPLICATION_SEGMENTS = 16;

    private JpegStructure() {}

    static boolean matches(byte[] data) {
        return data.length >= 3 && at(data, 0) == 0xFF && at(data, 1) == 0xD8 && at(data, 2) == 0xFF;
    }

    static PictureHeader read(byte[] data) throws PictureException {
        PictureHeader header = null;
        int scans = 0;
        int segments = 0;
        int application = 0;
        int position = 2;
        while (true) {
            position = nextMarker(data, position);
            int marker = at(data, position++);
            if (marker == 0xD9) {
                break;
            }
            int length = segmentLength(data, position);
            if (++segments > MOST_SEGMENTS) {
                throw new PictureException(Reason.DAMAGED, "JPEG with more than " + MOST_SEGMENTS + " segments");
            }
            if (isApplication(marker) && ++application > MOST_APPLICATION_SEGMENTS) {
                throw new PictureException(
                        Reason.UNSUPPORTED,
                        "JPEG with more than " + MOST_APPLICATION_SEGMENTS + " application segments");
            }
            if (isFrame(marker)) {
                if (header != null) {
                    throw new PictureException(Reason.UNSUPPORTED, "JPEG with more than one frame header");
                }
                header = frame(data, position, length, marker);
            }
            position += length;
            if (marker == 0xDA) {
                if (header == null) {
                    throw new PictureException(Reason.DAMAGED, "JPEG scan before its frame header");
                }
                if (++scans > MOST_SCANS) {
                    throw new PictureException(Reason.UNSUPPORTED, "JPEG with more than " + MOST_SCANS + " scans");
                }
                position = skipEntropyCoded(data, position);
            }
        }
        if (header == null || scans == 0) {
            throw new PictureException(Reason.DAMAGED, "JPEG without a picture in it");
        }
        return header;
    }

    private static int nextMarker(byte[] data, int position) throws PictureException {
        if (position >= data.length || at(data, position) != 0xFF) {
            throw position >= data.length
                    ? cut(data)
                    : new PictureException(Reason.DAMAGED, "JPEG damaged at byte " + position + ": expected a marker");
        }
        int next = position;
        while (next < data.length && at(data, next) == 0xFF) {
            next++;
        }
        if (next >= data.length) {
            throw cut(data);
        }
        return next;
    }

    private static int segmentLength(byte[] data, int position) throws PictureException {
        if (position + 2 > data.length) {
            throw cut(data);
        }
        int length = short16(data, position);
        if (length < 2) {
            throw new PictureException(
                    Reason.DAMAGED, "JPEG damaged at byte " + position + ": segment length " + length);
        }
        if (position + length > data.length) {
            throw cut(data);
        }
        return length;
    }

    private static boolean isApplication(int marker) {
        return marker >= 0xE0 && marker <= 0xEF;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static PictureHeader frame(byte[] data, int position, int length, int marker) throws PictureException {
        if (marker > 0xC2) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "expected a baseline or progressive JPEG, found frame type " + (marker - 0xC0));
        }
        if (length < 8) {
            throw new PictureException(Reason.DAMAGED, "JPEG frame header of " + length + " bytes");
        }
        int bits = at(data, position + 2);
        int components = at(data, position + 7);
        if (bits != 8 || (components != 1 && components != 3)) {
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "expected a JPEG of 8 bits and 1 or 3 components, found " + bits + " and " + components);
        }
        return new PictureHeader(Format.JPEG, short16(data, position + 5), short16(data, position + 3));
    }

    /** Position of the 0xFF of the marker that ends the entropy-coded data. */
    private static int skipEntropyCoded(byte[] data, int start) throws PictureException {
        for (int i = start; i + 1 < data.length; i++) {
            if (at(data, i) == 0xFF) {
                int next = at(data, i + 1);
                boolean stuffed = next == 0 || (next >= 0xD0 && next <= 0xD7);
                if (!stuffed && next != 0xFF) {
                    return i;
                }
            }
        }
        throw cut(data);
    }

    private static PictureException cut(byte[] data) {
        return new PictureException(
                Reason.DAMAGED, "JPEG cut off after " + data.length + " bytes; send the whole file");
    }

    private static int at(byte[] data, int index) {
        return data[index] & 0xFF;
    }

    private static int short16(byte[] data, int index) {
        return at(data, index) << 8 | at(data, index + 1);
    }
}
