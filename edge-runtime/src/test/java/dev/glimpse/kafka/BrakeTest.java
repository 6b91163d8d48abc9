package dev.glimpse.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrakeTest {
    private final Brake brake = new Brake(100, 1000);

    @Test
    void readingPausesAtTheMarkAndResumesAtHalf() {
        assertThat(brake.on(99, 99, 0)).isFalse();
        assertThat(brake.on(100, 100, 0)).isTrue();
        assertThat(brake.on(51, 51, 0)).isTrue();
        assertThat(brake.on(50, 50, 0)).isFalse();
    }

    @Test
    void bytesCountAsMuchAsRecords() {
        assertThat(brake.on(1, 1, 1000)).isTrue();
        assertThat(brake.on(1, 1, 501)).isTrue();
        assertThat(brake.on(1, 1, 500)).isFalse();
    }

    @Test
    void skipsCountForAnEighth() {
        assertThat(brake.on(20, 20 + 8 * 80 - 1, 0)).isFalse();
        assertThat(brake.on(20, 20 + 8 * 80, 0)).isTrue();
        assertThat(brake.on(20, 20 + 8 * 30, 0)).isFalse();
    }
}
