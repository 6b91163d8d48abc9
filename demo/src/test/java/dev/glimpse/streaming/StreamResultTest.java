package dev.glimpse.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.bench.Latency;
import dev.glimpse.bench.Spread;
import org.junit.jupiter.api.Test;

class StreamResultTest {
    private static final Spread ANY = new Spread(1, 1, 1);
    private static final Latency SOME = new Latency(10, 20, 100);

    @Test
    void nineTenthsOfThePlainLoopAreRequiredAndACaptionForEveryFrame() {
        assertThat(throughput(0.90, 0).met()).isTrue();
        assertThat(throughput(0.89, 0).met()).isFalse();
        assertThat(throughput(0.95, 1).met()).isFalse();
    }

    @Test
    void addedLatencyIsLimitedAtBothQuantiles() {
        assertThat(latency(120, 250).met()).isTrue();
        assertThat(latency(121, 250).met()).isFalse();
        assertThat(latency(120, 251).met()).isFalse();
    }

    @Test
    void frameWithFiveQuestionsHasToCostLessThanTwiceOneWithOne() {
        assertThat(questions(1.0, 2.9).met()).isTrue();
        assertThat(questions(1.0, 3.0).met()).isFalse();
    }

    @Test
    void theFileHasNameFiguresRequirementAndVerdict() {
        var json = questions(1.0, 1.9).json();
        assertThat(json.path("measurement").asText()).isEqualTo("standing-questions");
        assertThat(json.path("five").path("median").asDouble()).isEqualTo(1.9);
        assertThat(json.path("requirement").asText()).contains("five");
        assertThat(json.path("met").asBoolean()).isTrue();
    }

    @Test
    void theTableComparesWholeFramesToo() {
        assertThat(questions(1.0, 4.0).table())
                .containsPattern("five add over what one adds +4\\.00")
                .containsPattern("five over one with one +2\\.50");
    }

    private static StreamResult throughput(double share, long notCaptioned) {
        return new StreamResult.Throughput(100, notCaptioned, ANY, ANY, new Spread(share, 0, 1), ANY, ANY, ANY);
    }

    private static StreamResult latency(double p50, double p99) {
        return new StreamResult.HalfLoad(50, 0, SOME, SOME, new Latency(p50, p99, 100));
    }

    private static StreamResult questions(double one, double five) {
        return new StreamResult.Questions(100, ANY, new Spread(one, one, one), new Spread(five, five, five));
    }
}
