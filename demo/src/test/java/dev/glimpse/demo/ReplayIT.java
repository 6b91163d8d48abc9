package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.json.Json;
import dev.glimpse.replay.ReplayCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that a stub captioned, looked at again by the repository's bundle. */
@Timeout(120)
class ReplayIT {
    @TempDir
    private Path work;

    @Test
    void pastFramesAreHeldAgainstWhatWasSaidAndNothingIsWritten() throws Exception {
        try (World world = World.start(work)) {
            Instant from = Instant.now();
            world.runtime(0);
            for (int i = 0; i < 5; i++) {
                world.wire.send("gate", Wire.jpeg(i));
                world.wire.send("lobby", Wire.jpeg(i));
            }
            world.wire.send("gate", "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            world.wire.awaitOutcomes(11, Duration.ofSeconds(30));
            Path json = work.resolve("diff.json");
            Ran ran = Ran.command(
                    new ReplayCommand(),
                    "--from",
                    from.toString(),
                    "--to",
                    Instant.now().plusSeconds(1).toString(),
                    "--bundle",
                    Path.of("..", "bundles", "default").toString(),
                    "--camera",
                    "gate",
                    "--json",
                    json.toString(),
                    "--bootstrap",
                    world.broker.bootstrap());
            assertThat(ran.code()).as(ran.errors()).isZero();
            assertThat(ran.output()).contains("  - hash ").contains("6 frames: 1 the same, 5 in other words");
            JsonNode diff = Json.read(json, JsonNode.class);
            assertThat(diff.path("frames")).hasSize(6);
            assertThat(diff.path("summary").path("modelsThen").get(0).asText()).isEqualTo(HashingCaptioner.DIGEST);
            world.wire.awaitOutcomes(12, Duration.ofSeconds(1));
            assertThat(world.wire.outcomes).as("outcomes after the replay").hasSize(11);
        }
    }
}
