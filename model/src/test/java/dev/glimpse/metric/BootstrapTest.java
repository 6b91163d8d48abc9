package dev.glimpse.metric;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.Bootstrap.Interval;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Progress QUIET = new Progress("drawing", new PrintStream(new ByteArrayOutputStream()), false);

    /** The mean of some values. */
    private record Mean(double[] values) implements Sampled {
        @Override
        public int pictures() {
            return values.length;
        }

        @Override
        public Map<String, Double> under(int[] times) {
            double sum = 0;
            for (int i = 0; i < times.length; i++) {
                sum += times[i] * values[i];
            }
            return Map.of("mean", sum / times.length);
        }
    }

    private static Mean noise(double mean, long seed, int count) {
        return new Mean(new Random(seed).doubles(count).map(x -> mean + x).toArray());
    }

    private static Interval interval(Sampled scores, long seed) {
        return requireNonNull(new Bootstrap(2000, seed).intervals(scores, QUIET).get("mean"));
    }

    @Test
    void theIntervalOfAMeanIsTheTextbookOne() {
        Mean scores = noise(0, 1, 400);
        double mean = requireNonNull(Bootstrap.once(scores).get("mean"));
        double error = Math.sqrt(1 / 12.0 / 400);
        assertThat(interval(scores, 1).low()).isCloseTo(mean - 1.96 * error, within(0.15 * error));
        assertThat(interval(scores, 1).high()).isCloseTo(mean + 1.96 * error, within(0.15 * error));
    }

    @Test
    void drawsDependOnTheSeedAlone() {
        Mean scores = noise(0, 1, 50);
        assertThat(interval(scores, 7)).isEqualTo(interval(scores, 7)).isNotEqualTo(interval(scores, 8));
    }

    @Test
    void sameResultsDoNotDiffer() {
        Difference same = requireNonNull(new Bootstrap(500, 1)
                .compare(noise(0, 1, 50), noise(0, 1, 50), QUIET)
                .get("mean"));
        assertThat(same.difference()).isZero();
        assertThat(same.p()).isEqualTo(1);
    }

    @Test
    void pairedResultsDifferByALittleForSure() {
        Mean first = noise(0.01, 1, 50);
        Difference better = requireNonNull(
                new Bootstrap(500, 1).compare(first, noise(0, 1, 50), QUIET).get("mean"));
        assertThat(better.difference()).isCloseTo(0.01, within(1e-12));
        assertThat(better.interval().low()).isCloseTo(0.01, within(1e-12));
        assertThat(better.p()).isCloseTo(1 / 501.0, within(1e-12));
    }

    @Test
    void differentNoiseIsNoDifference() {
        Difference chance = requireNonNull(new Bootstrap(500, 1)
                .compare(noise(0, 1, 100), noise(0, 3, 100), QUIET)
                .get("mean"));
        assertThat(chance.p()).isGreaterThan(0.05);
        assertThat(chance.interval().low()).isNegative();
        assertThat(chance.interval().high()).isPositive();
    }

    @Test
    void progressIsSilentAtFirst() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Progress("drawing", new PrintStream(out), true).at(1, 2);
        assertThat(out.size()).isZero();
    }
}
