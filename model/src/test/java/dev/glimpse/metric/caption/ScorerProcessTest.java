package dev.glimpse.metric.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** METEOR and SPICE are played by small programs that speak as they do. */
class ScorerProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, List<String>> REFERENCES =
            Map.of("7", List.of("a dog", "dogs"), "x", List.of("a cat"));
    private static final Map<String, String> CANDIDATES = Map.of("7", "a dog", "x", "a ||| mouse");

    @TempDir
    private Path folder;

    private static CaptionScores scores() {
        return CaptionMetrics.scoreTokens(REFERENCES, CANDIDATES, DocumentFrequency.of(REFERENCES.values()));
    }

    @Test
    void meteorIsAskedLineByLine() throws IOException {
        Path jar = jar("""
                var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] fields = line.split(" \\\\|\\\\|\\\\| ");
                    if (fields[0].equals("SCORE")) {
                        System.out.println(fields.length);
                    } else {
                        double sum = 0;
                        for (int i = 1; i < fields.length; i++) {
                            System.out.println(Double.parseDouble(fields[i]) / 10);
                            sum += Double.parseDouble(fields[i]);
                        }
                        System.out.println(sum);
                    }
                    System.out.flush();
                }
                """);
        CaptionScores scored = new Meteor(jar, LONG).addTo(scores(), REFERENCES, CANDIDATES);
        assertThat(scored.items().get("7")).containsEntry("METEOR", 0.4);
        assertThat(scored.items().get("x")).containsEntry("METEOR", 0.3);
        assertThat(scored.corpus()).containsEntry("METEOR", 7.0).containsKey("CIDEr");
    }

    @Test
    void spiceReadsAndWritesFiles() throws IOException {
        Path jar = jar("""
                String in = java.nio.file.Files.readString(java.nio.file.Path.of(args[0]));
                if (!in.contains("a ||| mouse") || !args[1].equals("-out")) {
                    throw new IllegalStateException(in);
                }
                java.nio.file.Files.writeString(java.nio.file.Path.of(args[2]),
                        "[{\\"image_id\\": 0, \\"scores\\": {\\"All\\": {\\"f\\": 0.5}, \\"Size\\": {\\"f\\": NaN}}},"
                        + "{\\"image_id\\": 1, \\"scores\\": {\\"All\\": {\\"f\\": 0.25}}}]");
                """);
        CaptionScores scored = new Spice(jar, LONG).addTo(scores(), REFERENCES, CANDIDATES);
        assertThat(scored.corpus()).containsEntry("SPICE", 0.375);
        assertThat(scored.items().values())
                .extracting(item -> item.get("SPICE"))
                .containsExactly(0.5, 0.25);
    }

    @Test
    void aProgramThatHangsIsStopped() throws IOException {
        Path jar = jar("Thread.sleep(60_000);");
        assertThatThrownBy(() -> new Meteor(jar, Duration.ofMillis(300)).addTo(scores(), REFERENCES, CANDIDATES))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--time-limit");
    }

    @Test
    void whatAFailingProgramSaidIsPassedOn() throws IOException {
        Path jar = jar("System.err.println(\"no model\"); System.exit(3);");
        assertThatThrownBy(() -> new Spice(jar, LONG).addTo(scores(), REFERENCES, CANDIDATES))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("exit code 0, found 3")
                .hasMessageContaining("no model");
    }

    @Test
    void aMissingJarIsNamed() {
        assertThatThrownBy(() -> new Meteor(folder.resolve("none.jar"), LONG).addTo(scores(), REFERENCES, CANDIDATES))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.jar: expected a jar, found none");
    }

    private Path jar(String body) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "skipped: no Java compiler");
        Path source = folder.resolve("Main.java");
        Files.writeString(
                source,
                "public class Main { public static void main(String[] args) throws Exception {\n" + body + "}}");
        assertThat(compiler.run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
        Path jar = folder.resolve("scorer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Main.class"));
            out.write(Files.readAllBytes(folder.resolve("Main.class")));
        }
        return jar;
    }
}
