package dev.glimpse.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Looks at the outermost boxes of an MP4 file: 32 bit of size, four letters, content (ISO/IEC 14496-12, 4.2). */
final class Mp4 {
    private static final int FTYP = 0x66747970;

    private Mp4() {}

    /** Whether this is an MP4 file whose last box reaches beyond its end; an unreadable file is not. */
    static boolean isCut(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long at = 0;
            while (at + 8 <= file.length()) {
                file.seek(at);
                long size = file.readInt() & 0xffffffffL;
                int type = file.readInt();
                if (at == 0 && type != FTYP) {
                    return false;
                }
                if (size == 1 && at + 16 <= file.length()) {
                    size = file.readLong();
                }
                if (size < 8) {
                    return false;
                }
                at += size;
            }
            return at > file.length();
        } catch (IOException e) {
            return false;
        }
    }
}
