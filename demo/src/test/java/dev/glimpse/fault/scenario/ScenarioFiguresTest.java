package dev.glimpse.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioFiguresTest {
    @Test
    void equalSharesAreWhollyFair() {
        assertThat(Overload.jain(List.of(7L, 7L, 7L))).isEqualTo(1);
    }

    @Test
    void oneOfFourHavingEverythingIsAQuarterFair() {
        assertThat(Overload.jain(List.of(0L, 0L, 9L, 0L))).isEqualTo(.25);
    }

    @Test
    void constantValuesHaveNoSlope() {
        assertThat(Slope.overall(List.of(5.0, 5.0, 5.0))).isZero();
    }

    @Test
    void lineThatDoublesRisesByTwoThirdsOfItsMean() {
        assertThat(Slope.overall(List.of(100.0, 125.0, 150.0, 175.0, 200.0))).isCloseTo(100 / 150.0, within(1e-12));
    }

    @Test
    void saidFiguresHaveEveryFieldThatIsPromised() {
        var verdict = new dev.glimpse.fault.verifier.Verdict(9, 8, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
        assertThat(new Finding("x", 2, verdict, 1.26, java.util.Map.of("more", 3), List.of("p"), List.of()).json())
                .containsEntry("scenario", "x")
                .containsEntry("frames", 9L)
                .containsEntry("faults", 2L)
                .containsEntry("lost", 1L)
                .containsEntry("duplicated", 0L)
                .containsEntry("reordered", 0L)
                .containsEntry("wrongTopic", 0L)
                .containsEntry("seconds", 1.3)
                .containsEntry("more", 3);
    }
}
