package dev.glimpse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of an installation, with a Java that says what it is asked to do. */
class LauncherTest {
    private static final String KEEPS = "-XX:+RecordDynamicDumpInfo";
    private static final String NAMES = "-Dglimpse.classes=";
    private static final String MAPS = "-XX:SharedArchiveFile=";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void install() throws IOException {
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(Path.of("../glimpse"), folder.resolve("glimpse"));
        Files.createDirectory(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/glimpse.jar"), "one version");
    }

    @Test
    void serviceKeepsItsClassesOnceAndMapsThemFromThenOn() throws Exception {
        Path archive = named(run("run", "glimpse.yaml"), NAMES);
        assertThat(archive.getParent()).isEqualTo(folder.resolve("home/.cache/glimpse/classes"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive.getParent())))
                .isEqualTo("rwx------");
        Files.createFile(archive);
        assertThat(run("run", "glimpse.yaml")).as("an empty file is none").contains(KEEPS);
        Files.writeString(archive, "classes");
        List<String> later = run("run", "glimpse.yaml");
        assertThat(named(later, MAPS)).isEqualTo(archive);
        assertThat(later).doesNotContain(KEEPS).endsWith("dev.glimpse.edge.RunCommand", "glimpse.yaml");
    }

    @Test
    void otherLibrariesOrOptionsReplaceTheArchive() throws Exception {
        Path first = named(run("run"), NAMES);
        Files.writeString(first, "classes");
        Files.writeString(folder.resolve("lib/glimpse.jar"), "the next version");
        Path second = named(run("run"), NAMES);
        assertThat(second).isNotEqualTo(first);
        assertThat(first).doesNotExist();
        Files.writeString(second, "classes");
        assertThat(named(run(Map.of("GLIMPSE_JAVA_OPTIONS", "-Xmx1g"), "run"), NAMES))
                .isNotEqualTo(second);
    }

    @Test
    void withoutAPlaceForItNothingIsKept() throws Exception {
        assertThat(run(Map.of("HOME", ""), "run")).doesNotContain(KEEPS);
        Files.createDirectories(folder.resolve("full/glimpse"));
        Files.writeString(folder.resolve("full/glimpse/classes"), "a file in the way");
        assertThat(run(Map.of("XDG_CACHE_HOME", folder.resolve("full").toString()), "run"))
                .doesNotContain(KEEPS);
    }

    @Test
    void otherCommandsKeepNothing() throws Exception {
        assertThat(run("watch")).doesNotContain(KEEPS).contains("dev.glimpse.client.WatchCommand");
        assertThat(folder.resolve("home/.cache")).doesNotExist();
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** What Java is asked to do, one argument a line. */
    private List<String> run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(folder.resolve("glimpse").toString()), Stream.of(arguments))
                        .toList());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().remove("GLIMPSE_JAVA_OPTIONS");
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        List<String> said =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor()).as("%s", said).isZero();
        return said;
    }

    private static Path named(List<String> said, String option) {
        return said.stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> Path.of(argument.substring(option.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said.toString()));
    }
}
