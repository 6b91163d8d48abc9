package dev.glimpse.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.cli.Cli;
import dev.glimpse.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The smallest size of the command, with the default bundle; how fast it is depends on the machine and is not looked at. */
@Timeout(600)
class StreamIT {
    @TempDir
    private Path work;

    @Test
    void everyFrameBehindKafkaHasACaptionAndAllThreeMeasurementsAreWritten() {
        Path file = work.resolve("stream.json");
        int code = Cli.run(
                new StreamCommand(),
                "--bundle",
                Path.of("..", "bundles", "default").toString(),
                "--seconds",
                "0.3",
                "--rounds",
                "1",
                "--check",
                "--json",
                file.toString());
        List<JsonNode> results = List.of(Json.read(file, JsonNode[].class));
        assertThat(results)
                .extracting(each -> each.path("measurement").asText())
                .containsExactly("throughput", "latency", "standing-questions");
        boolean allMet = results.stream().allMatch(each -> each.path("met").asBoolean());
        assertThat(code).isEqualTo(allMet ? 0 : 1);

        JsonNode throughput = results.get(0);
        assertThat(throughput.path("notCaptioned").asLong(-1)).isZero();
        assertThat(throughput.path("frames").asInt()).isGreaterThanOrEqualTo(20);
        for (String figure : List.of("plain", "streamed", "share")) {
            assertThat(throughput.path(figure).path("median").asDouble()).isPositive();
        }
        JsonNode latency = results.get(1);
        assertThat(latency.path("notCaptioned").asLong(-1)).isZero();
        double needed = latency.path("needed").path("p50").asDouble();
        assertThat(needed).isPositive();
        assertThat(latency.path("added").path("p50").asDouble()).isPositive();
        assertThat(latency.path("whole").path("p50").asDouble()).isGreaterThan(needed);
        assertThat(results.get(2).path("none").path("median").asDouble()).isPositive();
    }
}
