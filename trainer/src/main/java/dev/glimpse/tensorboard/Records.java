package dev.glimpse.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * TFRecord framing: length (64 bits, little endian), checksum of the length, bytes, checksum of the bytes. A checksum is
 * CRC-32C, rotated right by 15 bits, plus a constant, as TensorFlow's {@code crc32c::Mask} has it.
 */
final class Records {
    private static final int HEADER = 12;
    private static final int DELTA = 0xa282ead8;

    private Records() {}

    /** A record in its frame. */
    static byte[] frame(byte[] record) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + record.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(record.length);
        frame.putInt(checksum(Arrays.copyOf(frame.array(), 8)));
        frame.put(record);
        return frame.putInt(checksum(record)).array();
    }

    /** The records at the beginning of {@code bytes}, up to the first that is cut or damaged. */
    static List<byte[]> read(byte[] bytes) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (left.remaining() >= HEADER) {
            byte[] header = new byte[8];
            left.get(header);
            long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (left.getInt() != checksum(header) || length < 0 || length > left.remaining() - 4) {
                return records;
            }
            byte[] record = new byte[(int) length];
            left.get(record);
            if (left.getInt() != checksum(record)) {
                return records;
            }
            records.add(record);
        }
        return records;
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
    }
}
