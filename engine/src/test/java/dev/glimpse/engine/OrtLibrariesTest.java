package dev.glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtLibrariesTest {
    private static final String RESOURCES = "/ai/onnxruntime/native/linux-aarch64/";

    @Test
    void librariesAreUnpackedOnceAndATornOneIsReplaced(@TempDir Path cache) throws IOException {
        Path folder = OrtLibraries.unpack(RESOURCES, cache);
        Path library = folder.resolve("libonnxruntime4j_jni.so");
        byte[] whole = Files.readAllBytes(library);
        assertThat(whole).startsWith(0x7F, 'E', 'L', 'F');
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Object before = Files.getAttribute(folder.resolve("libonnxruntime.so"), "unix:ino");
        Files.write(library, new byte[] {1});
        assertThat(OrtLibraries.unpack(RESOURCES, cache)).isEqualTo(folder);
        assertThat(Files.readAllBytes(library)).isEqualTo(whole);
        assertThat(Files.getAttribute(folder.resolve("libonnxruntime.so"), "unix:ino"))
                .isEqualTo(before);
    }
}
