package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Unpacks the zip form of a bundle. What an entry claims of its size is not believed: bytes are counted as they inflate.
 * Links in a zip come out as plain files of their target's name, which no manifest lists.
 */
final class Unzip {
    private static final int MOST_ENTRIES = 256;
    private static final long MOST_BYTES = 4L << 30;
    private static final int CHUNK = 1 << 16;

    private final Path zip;
    private final Set<String> seen = new HashSet<>();
    private final long limit;
    private long inflated;

    private Unzip(Path zip, long limit) {
        this.zip = zip;
        this.limit = limit;
    }

    /** Unpacks at most 256 files of together at most 4 GiB. */
    static void into(Path zip, Path directory) throws IOException {
        into(zip, directory, MOST_BYTES);
    }

    static void into(Path zip, Path directory, long limit) throws IOException {
        new Unzip(zip, limit).all(directory);
    }

    private void all(Path directory) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(zip));
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    one(in, entry.getName(), directory);
                }
            }
        } catch (ZipException e) {
            throw new UserError(zip + ": expected a zip of a bundle, found a damaged one: " + e.getMessage(), e);
        }
        require(!seen.isEmpty(), "%s: expected a zip of a bundle, found no files in it", zip);
    }

    private void one(InputStream in, String name, Path directory) throws IOException {
        BundlePath.check(name, zip);
        require(seen.add(name), "%s: expected each file once, found %s twice", zip, name);
        require(seen.size() <= MOST_ENTRIES, "%s: expected at most %d files, found more", zip, MOST_ENTRIES);
        Path target = directory.resolve(name);
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                inflated += n;
                require(inflated <= limit, "%s: expected at most %d bytes unpacked, found more", zip, limit);
                out.write(chunk, 0, n);
            }
        }
    }
}
