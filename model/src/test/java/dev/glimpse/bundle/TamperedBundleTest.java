package dev.glimpse.bundle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred damaged copies of one bundle: each is refused in words, before any native code could see it. */
class TamperedBundleTest {
    private static final int COPIES = 500;

    @TempDir
    Path folder;

    private final Random random = new Random(2026);

    @Test
    void everyTamperedBundleIsRefused() throws IOException {
        Path bundle = folder.resolve("bundle");
        TinyBundle.write(bundle).close();
        for (int i = 0; i < COPIES; i++) {
            Path copy = copy(bundle, folder.resolve("copy" + i));
            String done = tamper(copy);
            assertThatThrownBy(() -> BundleReader.open(copy).close())
                    .as("copy %d: %s", i, done)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("expected");
        }
        assertThatCode(() -> BundleReader.open(bundle).close()).doesNotThrowAnyException();
    }

    /** Damages one file in one way and says how. */
    private String tamper(Path bundle) throws IOException {
        List<Path> files = files(bundle).stream()
                .filter(file -> !file.endsWith(Bundle.MANIFEST))
                .toList();
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        switch (random.nextInt(8)) {
            case 0 -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return "bit of " + file;
            }
            case 1 -> {
                Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                return "cut " + file;
            }
            case 2 -> {
                Files.write(file, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)));
                return "longer " + file;
            }
            case 3 -> {
                Files.delete(file);
                return "no " + file;
            }
            case 4 -> {
                Files.move(file, file.resolveSibling("renamed"));
                return "renamed " + file;
            }
            case 5 -> {
                Files.write(file.resolveSibling("extra" + random.nextInt(99)), bytes);
                return "one more beside " + file;
            }
            case 6 -> {
                Path elsewhere = Files.move(file, folder.resolve("moved" + random.nextLong()));
                Files.createSymbolicLink(file, elsewhere);
                return "link " + file;
            }
            default -> {
                Path manifest = bundle.resolve(Bundle.MANIFEST);
                String text = Files.readString(manifest);
                int at = text.indexOf("\"sha256\" : \"", random.nextInt(text.lastIndexOf("sha256"))) + 12;
                char other = text.charAt(at) == '0' ? '1' : '0';
                Files.writeString(manifest, text.substring(0, at) + other + text.substring(at + 1));
                return "digest in the manifest at " + at;
            }
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(to.resolve("golden"));
            Files.copy(file, target);
        }
        return to;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
