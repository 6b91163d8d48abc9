package dev.glimpse.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void aPercentileLeavesOutTheLargest() {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 100_000f;
        }
        values[7] = 50;
        histogram.add(FloatBuffer.wrap(values));
        assertThat(histogram.percentile(99).limit()).isCloseTo(.99f, within(.05f));
        assertThat(histogram.percentile(100).limit()).isBetween(50f, 51f);
    }

    @Test
    void theRangeKnowsWhetherAnythingWasNegative() {
        histogram.add(FloatBuffer.wrap(new float[] {0, 1}));
        assertThat(histogram.percentile(100).signed()).isFalse();
        assertThat(histogram.percentile(100).zero()).isZero();
        histogram.add(FloatBuffer.wrap(new float[] {-.5f}));
        assertThat(histogram.percentile(100).signed()).isTrue();
        assertThat(histogram.percentile(100).zero()).isEqualTo(128);
    }

    @Test
    void entropyCutsAFewOutliersOffAndKeepsAFlatDistribution() {
        Random random = new Random(4);
        float[] values = new float[200_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[0] = 40;
        histogram.add(FloatBuffer.wrap(values));
        assertThat(histogram.entropy().limit()).isBetween(2f, 8f);
        Histogram flat = new Histogram();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        flat.add(FloatBuffer.wrap(values));
        assertThat(flat.entropy().limit()).isCloseTo(1, within(.1f));
    }

    @Test
    void aWeightIsAtMostHalfAStepFromItsInteger() {
        Random random = new Random(5);
        float[] weight = new float[6 * 5];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian() * (1 + i % 5);
        }
        WeightRounding rounding = WeightRounding.of(weight, 5, 1);
        for (int i = 0; i < weight.length; i++) {
            float scale = rounding.scales()[i % 5];
            assertThat(rounding.values()[i] * scale).isCloseTo(weight[i], within(scale * .5001f));
        }
        assertThat(rounding.values()).contains((byte) 127, (byte) -127);
    }

    @Test
    void aChannelOfZerosStaysZero() {
        WeightRounding rounding = WeightRounding.of(new float[4], 2, 2);
        assertThat(rounding.values()).containsOnly(0);
        assertThat(rounding.scales()).doesNotContain(0f);
    }
}
