package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.client.AskCommand;
import dev.glimpse.client.FeedCommand;
import dev.glimpse.client.WatchCommand;
import dev.glimpse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that feed, watch and ask, against a real broker and a runtime with a stub model. */
@Timeout(180)
class ClientIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path work;

    @Test
    void goodAndBadFilesOfAFolderEachGetTheirOutcome() throws Exception {
        Path folder = Files.createDirectory(work.resolve("pictures"));
        byte[] good = Wire.jpeg(1);
        Files.write(folder.resolve("a-good.jpg"), good);
        Files.createFile(folder.resolve("b-empty.jpg"));
        Files.writeString(folder.resolve("c-text.png"), "this is no picture");
        Files.write(folder.resolve("d-cut.jpg"), Arrays.copyOf(good, good.length / 2));
        try (World world = World.start(work)) {
            world.runtime(0);
            Ran ran = Ran.command(
                    new FeedCommand(),
                    folder.toString(),
                    "--camera",
                    "gate",
                    "--fps",
                    "0",
                    "--bootstrap",
                    world.broker.bootstrap());
            assertThat(ran.errors()).isEmpty();
            assertThat(ran.output())
                    .startsWith("sent 4 frames of camera gate to topic frames at " + world.broker.bootstrap());
            world.wire.send(new ProducerRecord<>(Worker.TOPICS.frames(), new byte[0], good));
            world.wire.awaitOutcomes(5, SOON);
            assertThat(world.wire.outcomes.values().stream().map(List::toString))
                    .containsExactlyInAnyOrder(
                            "[caption]", "[value-empty]", "[picture-invalid]", "[picture-invalid]", "[key-missing]");
        }
    }

    @Test
    void questionAboutWhatACameraSawIsAnswered() throws Exception {
        try (World world = World.start(work)) {
            world.runtime(0);
            world.wire.send("gate", Wire.jpeg(1));
            world.wire.awaitOutcomes(1, SOON);

            Ran known = ask(world, "gate");
            assertThat(known.errors()).isEmpty();
            assertThat(known.output()).startsWith("hash ").contains("(0.50");

            Ran unknown = ask(world, "nowhere");
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.errors())
                    .isEqualTo("glimpse: no answer: no-frame; the runtime has not seen that camera, or no longer"
                            + " remembers that frame\n");
        }
    }

    @Test
    void questionThatNobodyHearsEndsInTime() throws Exception {
        try (World world = World.start(work)) {
            Ran ran = Ran.command(
                    new AskCommand(),
                    "what?",
                    "--camera",
                    "gate",
                    "--wait",
                    "2",
                    "--bootstrap",
                    world.broker.bootstrap());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.errors()).startsWith("glimpse: an answer is expected within 2 s, found none");
        }
    }

    @Test
    void watchPrintsTheCaptionsOfOneCameraAsTheyCome() throws Exception {
        try (World world = World.start(work)) {
            world.runtime(0);
            CompletableFuture<Ran> watching = CompletableFuture.supplyAsync(() -> Ran.command(
                    new WatchCommand(),
                    "--camera",
                    "gate",
                    "--json",
                    "--limit",
                    "3",
                    "--bootstrap",
                    world.broker.bootstrap()));
            for (int i = 0; !watching.isDone(); i++) {
                world.wire.send("gate", Wire.jpeg(i));
                world.wire.send("yard", Wire.jpeg(i));
                Thread.sleep(100);
            }
            Ran ran = watching.get(1, TimeUnit.SECONDS);
            assertThat(ran.code()).isZero();
            List<String> lines = ran.output().lines().toList();
            assertThat(lines).hasSize(3);
            for (String line : lines) {
                JsonNode event = Json.mapper().readTree(line);
                assertThat(event.get("camera").asText()).isEqualTo("gate");
                assertThat(event.get("caption").asText()).startsWith("hash ");
            }
        }
    }

    @Test
    void missingTopicIsSaid() throws Exception {
        BrokerLog.to(work.resolve("broker.log"));
        Path picture = Files.write(work.resolve("a.jpg"), Wire.jpeg(1));
        try (Broker broker = Broker.start()) {
            Ran feed = Ran.command(
                    new FeedCommand(), picture.toString(), "--camera", "gate", "--bootstrap", broker.bootstrap());
            assertThat(feed.code()).isEqualTo(1);
            assertThat(feed.errors()).contains("topic frames does not exist at the broker");
            Ran watch = Ran.command(new WatchCommand(), "--bootstrap", broker.bootstrap());
            assertThat(watch.code()).isEqualTo(1);
            assertThat(watch.errors()).contains("topic captions is expected at " + broker.bootstrap());
        }
    }

    @Test
    void everyFrameOfAVideoHasItsOutcome() throws Exception {
        String data = System.getProperty("glimpse.data", "");
        assumeTrue(!data.isEmpty(), "skipped: no data, give -Dglimpse.data=DIR");
        try (World world = World.start(work)) {
            world.runtime(0);
            Ran ran = Ran.command(
                    new FeedCommand(),
                    data + "/video/car-detection.mp4",
                    "--camera",
                    "road",
                    "--fps",
                    "0",
                    "--bootstrap",
                    world.broker.bootstrap());
            assertThat(ran.output()).startsWith("sent 377 frames");
            world.wire.awaitOutcomes(377, SOON);
            assertThat(world.wire.outcomes).hasSize(377);
            assertThat(world.wire.outcomes.values())
                    .allSatisfy(one -> assertThat(one).hasSize(1));
        }
    }

    private static Ran ask(World world, String camera) {
        return Ran.command(
                new AskCommand(), "what is it?", "--camera", camera, "--bootstrap", world.broker.bootstrap());
    }
}
