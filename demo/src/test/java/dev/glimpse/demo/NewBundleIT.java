package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.edge.RunCommand;
import dev.glimpse.fault.site.StubRuntime;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.json.Json;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.web.HttpSettings;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The repository's bundle at work is replaced by a copy of another name while frames come in. */
@Timeout(180)
class NewBundleIT {
    private static final Path REPOSITORY = Path.of("..", "bundles", "default");
    private static final String TOKEN = "a-token-of-length-24-abc";

    @TempDir
    private Path work;

    @Test
    void postedBundleTakesOverBetweenFramesAndNoneIsLost() throws Exception {
        try (World world = World.start(work);
                EdgeRuntime runtime = RunCommand.runtime(settings(world))) {
            runtime.start();
            while (!runtime.ready()) {
                Thread.sleep(20);
            }
            List<Position> sent = new ArrayList<>();
            send(world, sent, 10);
            var refused = post(runtime, "no zip".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(refused.path("accepted").asBoolean()).isFalse();
            JsonNode taken = post(runtime, zip("renamed"));
            assertThat(taken.path("message").asText()).isEqualTo("it serves");
            send(world, sent, 10);
            world.wire.awaitOutcomes(20, Duration.ofSeconds(30));

            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            List<String> models = sent.stream()
                    .map(world.wire.captions::get)
                    .map(CaptionEvent::model)
                    .toList();
            try (Bundle old = BundleReader.open(REPOSITORY)) {
                assertThat(models.subList(0, 10)).containsOnly(old.digest());
            }
            assertThat(models.subList(10, 20)).containsOnly(taken.path("digest").asText());
        }
    }

    private EdgeSettings settings(World world) {
        EdgeSettings stub = StubRuntime.settings(
                WorkerSettings.patient(world.broker.bootstrap(), "glimpse", work)
                        .withoutPrefix(),
                KafkaSettings.Delivery.EXACTLY_ONCE);
        return new EdgeSettings(
                REPOSITORY,
                stub.engine(),
                stub.kafka(),
                new HttpSettings("127.0.0.1", 0, TOKEN, 4),
                stub.pipeline(),
                stub.ladder(),
                stub.answers(),
                stub.rollout(),
                stub.tracing());
    }

    private static void send(World world, List<Position> sent, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            sent.add(world.wire.send("gate", Wire.jpeg(i)));
        }
        world.wire.awaitOutcomes(sent.size(), Duration.ofSeconds(30));
    }

    private static JsonNode post(EdgeRuntime runtime, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(runtime.address() + "bundle"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return Json.mapper()
                    .readTree(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body());
        } catch (java.io.IOException e) {
            throw new AssertionError("the runtime does not answer", e);
        }
    }

    /** The repository's bundle under another name, hence with another digest. */
    private Path zipFile() {
        return work.resolve("renamed.zip");
    }

    private byte[] zip(String name) throws Exception {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zipFile()));
                var files = Files.walk(REPOSITORY)) {
            byte[] manifest = renamed(REPOSITORY.resolve(Bundle.MANIFEST), name);
            out.putNextEntry(new ZipEntry(Bundle.MANIFEST_DIGEST));
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(manifest));
            out.write((digest + "  manifest.json\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(Bundle.MANIFEST_DIGEST))
                    .toList()) {
                String entry = REPOSITORY.relativize(file).toString();
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.equals(Bundle.MANIFEST) ? manifest : Files.readAllBytes(file));
            }
        }
        return Files.readAllBytes(zipFile());
    }

    private static byte[] renamed(Path manifest, String name) throws Exception {
        ObjectNode tree = (ObjectNode) Json.mapper().readTree(manifest.toFile());
        return Json.mapper().writeValueAsBytes(tree.put("name", name));
    }
}
