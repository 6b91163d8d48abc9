package dev.glimpse.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossScaleTest {
    @Test
    void overflowHalvesTheScaleAndBeginsCountingAnew() {
        LossScale scale = LossScale.START.after(true).after(true).after(false);
        assertThat(scale).isEqualTo(new LossScale(32768, 0));
    }

    @Test
    void twoThousandGoodStepsInARowDoubleIt() {
        LossScale scale = new LossScale(8, 0);
        for (int i = 0; i < 1999; i++) {
            scale = scale.after(true);
        }
        assertThat(scale.scale()).isEqualTo(8);
        assertThat(scale.after(true)).isEqualTo(new LossScale(16, 0));
        assertThat(scale.after(false).after(true)).isEqualTo(new LossScale(4, 1));
    }

    @Test
    void scaleStaysWithinItsBounds() {
        LossScale least = LossScale.START;
        for (int i = 0; i < 40; i++) {
            least = least.after(false);
        }
        assertThat(least).isEqualTo(new LossScale(1, 0));
        assertThat(least.exhausted()).isTrue();
        LossScale most = new LossScale(1 << 24, 1999);
        assertThat(most.after(true)).isEqualTo(new LossScale(1 << 24, 0));
    }
}
