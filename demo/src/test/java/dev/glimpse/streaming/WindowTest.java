package dev.glimpse.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final List<ProcessHandle> HERE = List.of(ProcessHandle.current());

    @Test
    void whatTheFirstAndLastTenthTakeDoesNotCount() throws InterruptedException {
        Window window = new Window(20, HERE);
        finish(window, 1);
        Thread.sleep(100);
        finish(window, 17);
        Thread.sleep(100);
        finish(window, 2);
        Window.Rate rate = window.rate();
        assertThat(rate.perSecond()).isGreaterThan(16 / 0.1);
        assertThat(rate.processorMillis()).hasSize(1).allSatisfy(millis -> assertThat(millis)
                .isNotNegative());
    }

    @Test
    void whatTheMiddleTakesCounts() throws InterruptedException {
        Window window = new Window(20, HERE);
        finish(window, 10);
        Thread.sleep(100);
        finish(window, 10);
        assertThat(window.rate().perSecond()).isLessThanOrEqualTo(16 / 0.1);
    }

    @Test
    void aRunThatIsNotOverHasNoRate() {
        Window window = new Window(20, HERE);
        finish(window, 17);
        assertThatThrownBy(window::rate).hasMessageContaining("not over: 17 frames");
    }

    private static void finish(Window window, int frames) {
        for (int i = 0; i < frames; i++) {
            window.finished();
        }
    }
}
