package dev.glimpse.engine;

import ai.onnxruntime.OrtEnvironment;
import dev.glimpse.atomic.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's native libraries, unpacked from its jar once per user and version. Left alone, it unpacks them into a new
 * temporary folder at every start, and a killed process leaves 28 MB behind each time.
 */
final class OrtLibraries {
    /** Where ONNX Runtime looks first. */
    private static final String PATH = "onnxruntime.native.path";

    private static final Map<String, String> PLATFORMS = Map.of("amd64", "linux-x64", "aarch64", "linux-aarch64");
    private static final List<String> FILES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

    private OrtLibraries() {}

    /** Unpacks what is missing and tells ONNX Runtime. Must run before its first use; does nothing the second time. */
    static synchronized void unpack() {
        String platform = PLATFORMS.get(System.getProperty("os.arch"));
        if (System.getProperty(PATH) != null || platform == null || !Files.isDirectory(Path.of("/proc"))) {
            return;
        }
        try {
            System.setProperty(
                    PATH,
                    unpack("/ai/onnxruntime/native/" + platform + "/", cache()).toString());
        } catch (IOException | ClassCastException | UnsupportedOperationException e) {
            // No place to keep them, or they are in no jar: ONNX Runtime's own way works, too.
            System.clearProperty(PATH);
        }
    }

    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("glimpse");
    }

    /**
     * Unpacks the libraries of one platform.
     *
     * @return their folder, named after their checksums and open to this user only
     */
    static Path unpack(String resources, Path cache) throws IOException {
        StringBuilder name = new StringBuilder("onnxruntime");
        for (String file : FILES) {
            name.append('-')
                    .append(Long.toHexString(
                            entry(resources + file).getJarEntry().getCrc()));
        }
        Files.createDirectories(cache);
        Path folder = cache.resolve(name.toString());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        for (String file : FILES) {
            JarURLConnection entry = entry(resources + file);
            Path target = folder.resolve(file);
            if (!Files.isRegularFile(target)
                    || Files.size(target) != entry.getJarEntry().getSize()) {
                try (InputStream in = entry.getInputStream()) {
                    AtomicFile.write(target, in.readAllBytes());
                }
            }
        }
        return folder;
    }

    private static JarURLConnection entry(String resource) throws IOException {
        URL url = OrtEnvironment.class.getResource(resource);
        if (url == null) {
            throw new IOException("no " + resource + " on the class path");
        }
        return (JarURLConnection) url.openConnection();
    }
}
