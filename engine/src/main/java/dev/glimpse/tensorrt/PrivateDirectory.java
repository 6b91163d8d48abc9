package dev.glimpse.tensorrt;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Checks that a directory or file belongs to the user of this process and that nobody else can reach it. */
final class PrivateDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateDirectory() {}

    /**
     * Makes the directory with mode 0700 if it is not there, and checks it.
     *
     * @return the directory
     * @throws UserError when it is a link, belongs to another user, is open to others, or cannot be written
     */
    static Path open(Path directory) {
        try {
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                Path parent = directory.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            require(
                    Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS),
                    "%s: expected a directory for compiled networks, found something else. Remove it or name another place",
                    directory);
            requireOurs(directory);
            require(
                    Files.isWritable(directory),
                    "%s: compiled networks cannot be kept there, it is not writable. Run chmod 700 on it or name another place",
                    directory);
            return directory;
        } catch (IOException | UnsupportedOperationException e) {
            throw new UserError(
                    "%s: compiled networks cannot be kept there: %s. Name another place".formatted(directory, e), e);
        }
    }

    /** Refuses a file or directory of another user, or one that others can read or write. */
    static void requireOurs(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        require(
                owner.equals(user),
                "%s: expected to belong to the user of this process (%s), found user %s. Remove it or name another place",
                path,
                user,
                owner);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        require(
                OWNER_ONLY.containsAll(permissions),
                "%s: expected to be closed to other users, found %s. Run chmod go= on it, if nobody else has changed it",
                path,
                PosixFilePermissions.toString(permissions));
    }
}
