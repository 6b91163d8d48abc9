package dev.glimpse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        List<Times.Run> runs =
                Stream.of(8.0, 1.0, 2.0, 4.0).map(p -> new Times.Run(p, 10 * p)).toList();
        assertThat(Times.of(runs)).isEqualTo(new Times(3, 1, 8, 30, 4));
        assertThat(Times.of(runs.subList(0, 3))).isEqualTo(new Times(2, 1, 8, 20, 3));
    }

    @Test
    void sleepingTakesNoProcessorTime() {
        Times.Run run = Times.Run.of(() -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(run.elapsed()).isGreaterThanOrEqualTo(19);
        assertThat(run.processor()).isLessThan(10);
    }
}
