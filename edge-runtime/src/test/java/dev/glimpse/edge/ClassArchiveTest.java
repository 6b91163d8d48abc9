package dev.glimpse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    @TempDir
    private Path folder = Path.of("");

    /** Keeps its classes, as a service does at its end. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            ClassArchive.keep();
        }
    }

    @Test
    void whatOneProcessKeepsTheNextOneMaps() throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        assertThat(java("-XX:+RecordDynamicDumpInfo", "-Dglimpse.classes=" + archive))
                .noneMatch(line -> line.contains("kept"));
        assertThat(archive).isNotEmptyFile();
        assertThat(files()).as("nothing unfinished is left").containsExactlyInAnyOrder("classes.jsa", "probe.jar");
        assertThat(java("-Xshare:on", "-Xlog:class+load", "-XX:SharedArchiveFile=" + archive))
                .anyMatch(line -> line.contains(ClassArchive.class.getName()) && line.contains("shared objects file"));
    }

    @Test
    void withoutTheNotesNothingIsKeptAndItSaysSo() throws IOException, InterruptedException {
        assertThat(java("-Dglimpse.classes=" + folder.resolve("classes.jsa")))
                .anyMatch(line -> line.contains("were not kept") || line.contains("could not be kept"));
        assertThat(files()).containsExactly("probe.jar");
    }

    @Test
    void nothingIsKeptUnasked() throws IOException, InterruptedException {
        assertThat(java("-XX:+RecordDynamicDumpInfo")).isEmpty();
        assertThat(files()).containsExactly("probe.jar");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** What the probe prints, with all classes in jars: Java shares no classes that lie in folders. */
    private List<String> java(String... options) throws IOException, InterruptedException {
        List<String> jars = new ArrayList<>(List.of(jar().toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(entry);
            }
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-Xlog:cds=off,cds+dynamic=off", "-cp", String.join(File.pathSeparator, jars)));
        command.add(Probe.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor()).as("%s", said).isZero();
        return said;
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("probe.jar");
        if (!Files.exists(jar)) {
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out)) {
                for (Class<?> each : List.of(Probe.class, ClassArchive.class)) {
                    String name = each.getName().replace('.', '/') + ".class";
                    entries.putNextEntry(new JarEntry(name));
                    entries.write(each.getResourceAsStream("/" + name).readAllBytes());
                    entries.closeEntry();
                }
            }
        }
        return jar;
    }
}
