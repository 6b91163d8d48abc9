package dev.glimpse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final Path REPOSITORY = Path.of("..", "bundles", "default");

    @TempDir
    private Path work;

    @Test
    void aCopyHasAllThatVouchesForItsManifest() throws Exception {
        Path source = work.resolve("source");
        try (Bundle bundle = BundleReader.open(REPOSITORY)) {
            for (String file : bundle.manifest().files().keySet()) {
                Path to = source.resolve(file);
                Files.createDirectories(to.getParent());
                Files.write(to, bundle.read(file));
            }
        }
        List<String> vouching = List.of(Bundle.MANIFEST, Bundle.MANIFEST_DIGEST, Bundle.MANIFEST_SIGNATURE);
        Files.copy(REPOSITORY.resolve(Bundle.MANIFEST), source.resolve(Bundle.MANIFEST));
        Files.copy(REPOSITORY.resolve(Bundle.MANIFEST_DIGEST), source.resolve(Bundle.MANIFEST_DIGEST));
        Files.write(
                source.resolve(Bundle.MANIFEST_SIGNATURE), new byte[] {1, 2, 3}); // nobody looks at it without a key
        try (Bundle staged = new Staging(work.resolve("state"), Long.MAX_VALUE).stage(source)) {
            for (String file : vouching) {
                assertThat(staged.directory().resolve(file)).hasSameBinaryContentAs(source.resolve(file));
            }
        }
    }
}
