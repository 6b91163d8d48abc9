package dev.glimpse.tensorrt;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of this user on this machine, made on first use, with which kept files are authenticated (HMAC-SHA-256). */
final class MachineKey {
    static final int MAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private MachineKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads the key, or makes one with mode 0600.
     *
     * @throws UserError when the file is damaged, a link, of another user, or open to others
     */
    static MachineKey open(Path file) {
        try {
            create(file);
            require(
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == KEY_BYTES,
                    "%s: expected a key of %d bytes, found something else. Remove it: networks are then compiled again",
                    file,
                    KEY_BYTES);
            PrivateDirectory.requireOurs(file);
            return new MachineKey(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError(file + ": the key of compiled networks cannot be read: " + e, e);
        }
    }

    private static void create(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        Path whole = Files.createTempFile(
                file.resolveSibling("").toAbsolutePath(),
                ".key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(whole, EnumSet.of(StandardOpenOption.WRITE))) {
                channel.write(ByteBuffer.wrap(random));
                channel.force(true);
            }
            Files.createLink(file, whole); // unlike a rename, this never replaces the key of a process that was faster
        } catch (FileAlreadyExistsException e) {
            return; // the other process's key is as good
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /**
     * Authentication code of a file.
     *
     * @param name what the file is; the code is right for this name only
     */
    byte[] mac(String name, ByteBuffer content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(content.duplicate());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
