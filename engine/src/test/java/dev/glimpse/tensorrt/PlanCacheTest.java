package dev.glimpse.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCacheTest {
    private static final ByteBuffer PLAN = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5});

    @TempDir
    Path folder;

    private Path directory = Path.of("");
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void place() {
        directory = folder.resolve("plans");
    }

    private PlanCache cache() {
        return new PlanCache(directory, notes::add);
    }

    @Test
    void planComesBackInALaterProcess() {
        cache().write("a.plan", PLAN);
        assertThat(cache().read("a.plan")).contains(PLAN);
        assertThat(cache().read("b.plan")).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void directoryAndKeyAreTheOwnersAlone() throws IOException {
        cache();
        assertThat(mode(directory)).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("machine.key"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void everyFlippedBitIsRefusedAndTheFileRemoved() throws IOException {
        cache().write("a.plan", PLAN);
        Path file = directory.resolve("a.plan");
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(cache().read("a.plan")).isEmpty();
            assertThat(file).doesNotExist();
        }
        assertThat(notes)
                .hasSize(8 * whole.length)
                .allMatch(note -> note.contains("a.plan") && note.contains("not loaded"));
    }

    @Test
    void planUnderAnotherNameIsRefused() throws IOException {
        cache().write("a.plan", PLAN);
        Files.copy(directory.resolve("a.plan"), directory.resolve("b.plan"));
        assertThat(cache().read("b.plan")).isEmpty();
        assertThat(cache().read("a.plan")).contains(PLAN);
    }

    @Test
    void planOfAnotherMachineIsRefused() throws IOException {
        Path other = folder.resolve("other");
        new PlanCache(other, notes::add).write("a.plan", PLAN);
        PlanCache cache = cache();
        Files.copy(other.resolve("a.plan"), directory.resolve("a.plan"));
        assertThat(cache.read("a.plan")).isEmpty();
    }

    @Test
    void cutFileAndLinkAreRefused() throws IOException {
        PlanCache cache = cache();
        Files.write(directory.resolve("a.plan"), new byte[31]);
        assertThat(cache.read("a.plan")).isEmpty();
        cache.write("b.plan", PLAN);
        Files.createSymbolicLink(directory.resolve("c.plan"), directory.resolve("b.plan"));
        assertThat(cache.read("c.plan")).isEmpty();
        assertThat(notes).hasSize(2);
    }

    @Test
    void directoryThatOthersCanReadIsRefused() throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(this::cache)
                .isInstanceOf(UserError.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("closed to other users")
                .hasMessageContaining("chmod go=");
    }

    @Test
    void directoryOfAnotherUserIsRefused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(directory, "unix:uid", 12345);
        assertThatThrownBy(this::cache)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("belong to the user of this process")
                .hasMessageContaining("12345");
    }

    @Test
    void fileOrLinkInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.writeString(directory, "in the way");
        assertThatThrownBy(this::cache).isInstanceOf(UserError.class).hasMessageContaining("something else");
        Files.delete(directory);
        Files.createSymbolicLink(directory, folder);
        assertThatThrownBy(this::cache).isInstanceOf(UserError.class).hasMessageContaining("something else");
    }

    @Test
    void directoryThatCannotBeMadeIsAnErrorWithAdvice() {
        directory = Path.of("/proc/glimpse/plans");
        assertThatThrownBy(this::cache).isInstanceOf(UserError.class).hasMessageContaining("Name another place");
    }

    @Test
    void damagedKeyIsRefusedByName() throws IOException {
        cache();
        Files.write(directory.resolve("machine.key"), new byte[5]);
        assertThatThrownBy(this::cache).isInstanceOf(UserError.class).hasMessageContaining("machine.key");
    }

    @Test
    void keyThatOthersCanReadIsRefused() throws IOException {
        cache();
        Files.setPosixFilePermissions(directory.resolve("machine.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::cache).isInstanceOf(UserError.class).hasMessageContaining("closed to other users");
    }

    @Test
    void leastRecentlyUsedPlansGoFirst() throws IOException {
        PlanCache cache = cache();
        for (int i = 0; i < PlanCache.KEPT; i++) {
            cache.write(i + ".plan", PLAN);
            Files.setLastModifiedTime(directory.resolve(i + ".plan"), FileTime.fromMillis(1_000_000L + 1000 * i));
        }
        assertThat(cache.read("0.plan")).isPresent(); // used now
        cache.write("new.plan", PLAN);
        assertThat(directory.resolve("0.plan")).exists();
        assertThat(directory.resolve("1.plan")).doesNotExist();
        assertThat(directory.resolve("new.plan")).exists();
        assertThat(directory.resolve("machine.key")).exists();
    }
}
