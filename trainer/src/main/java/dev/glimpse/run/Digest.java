package dev.glimpse.run;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 in lower-case hexadecimal. */
public final class Digest {
    private Digest() {}

    /**
     * Digest of a file's bytes; of a folder, the digest of the relative names and sizes of all its files, since pictures
     * are many and large. Links are followed.
     */
    public static String of(Path path) {
        try {
            return Files.isDirectory(path) ? folder(path) : file(path);
        } catch (IOException e) {
            throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Digest of bytes. */
    public static String of(byte[] bytes) {
        return hex(sha256(), bytes);
    }

    private static String file(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return hex(digest, new byte[0]);
    }

    private static String folder(Path folder) throws IOException {
        MessageDigest digest = sha256();
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                String line = folder.relativize(file) + " " + Files.size(file) + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return hex(digest, new byte[0]);
    }

    private static String hex(MessageDigest digest, byte[] last) {
        return HexFormat.of().formatHex(digest.digest(last));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
