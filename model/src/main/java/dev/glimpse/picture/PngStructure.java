package dev.glimpse.picture;

import dev.glimpse.picture.PictureException.Reason;
import dev.glimpse.picture.PictureHeader.Format;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Walks the chunks of a PNG file (ISO/IEC 15948) and checks their checksums, without decoding it. */
final class PngStructure {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int MOST_CHUNKS = 65536;

    private PngStructure() {}

    static boolean matches(byte[] data) {
        return data.length >= 8 && ByteBuffer.wrap(data).getLong() == SIGNATURE;
    }

    static PictureHeader read(byte[] data) throws PictureException {
        ByteBuffer in = ByteBuffer.wrap(data).position(8);
        PictureHeader header = null;
        boolean pixels = false;
        for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
            if (in.remaining() < 12) {
                throw cut(data);
            }
            int length = in.getInt();
            if (length < 0) {
                throw new PictureException(Reason.DAMAGED, "PNG chunk of negative length");
            }
            if (length > in.remaining() - 8) {
                throw cut(data);
            }
            int type = checkedType(data, in.position(), length);
            if (header == null) {
                header = imageHeader(in, type, length);
            }
            pixels |= type == IDAT;
            in.position(in.position() + 8 + length);
            if (type == IEND) {
                return whole(header, pixels);
            }
        }
        throw new PictureException(Reason.UNSUPPORTED, "PNG with more than " + MOST_CHUNKS + " chunks");
    }

    private static PictureHeader whole(@Nullable PictureHeader header, boolean pixels) throws PictureException {
        if (header == null || !pixels) {
            throw new PictureException(Reason.DAMAGED, "PNG without a picture in it");
        }
        return header;
    }

    private static int checkedType(byte[] data, int position, int length) throws PictureException {
        ByteBuffer in = ByteBuffer.wrap(data);
        CRC32 crc = new CRC32();
        crc.update(data, position, 4 + length);
        if ((int) crc.getValue() != in.getInt(position + 4 + length)) {
            throw new PictureException(Reason.DAMAGED, "PNG damaged: checksum of the chunk at byte " + position);
        }
        return in.getInt(position);
    }

    private static PictureHeader imageHeader(ByteBuffer in, int type, int length) throws PictureException {
        if (type != IHDR || length != 13) {
            throw new PictureException(Reason.DAMAGED, "PNG that does not begin with its header");
        }
        return new PictureHeader(Format.PNG, in.getInt(in.position() + 4), in.getInt(in.position() + 8));
    }

    private static PictureException cut(byte[] data) {
        return new PictureException(Reason.DAMAGED, "PNG cut off after " + data.length + " bytes; send the whole file");
    }
}
