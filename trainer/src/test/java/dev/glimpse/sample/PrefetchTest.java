package dev.glimpse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import org.junit.jupiter.api.Test;

class PrefetchTest {
    @Test
    void valuesComeInTheOrderOfTheSteps() {
        try (Prefetch<Long> squares = new Prefetch<>("squares", 3, 2, step -> step * step)) {
            assertThat(squares.next()).isEqualTo(9);
            assertThat(squares.next()).isEqualTo(16);
            assertThat(squares.next()).isEqualTo(25);
        }
    }

    @Test
    void whatTheOtherThreadThrowsIsThrownHere() {
        try (Prefetch<Long> failing = new Prefetch<>("failing", 1, 2, step -> {
            UserError.require(step < 2, "step %d fails", step);
            return step;
        })) {
            assertThat(failing.next()).isEqualTo(1);
            assertThatThrownBy(failing::next).isInstanceOf(UserError.class).hasMessage("step 2 fails");
        }
    }

    @Test
    void closingEndsTheThread() {
        new Prefetch<>("endless-squares", 1, 2, step -> step * step).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("endless-squares"));
    }
}
