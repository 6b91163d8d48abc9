package dev.glimpse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void quantilesAreThoseOfTheSortedRuns() {
        long[] nanos =
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();
        assertThat(Latency.of(nanos)).isEqualTo(new Latency(100, 198, 200));
    }

    @Test
    void fewRunsShowTheirLongest() {
        assertThat(Latency.of(new long[] {3_000_000, 1_000_000, 2_000_000})).isEqualTo(new Latency(2, 3, 3));
    }
}
