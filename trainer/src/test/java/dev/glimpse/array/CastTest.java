package dev.glimpse.array;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class CastTest {
    @Test
    void gradientPassesThroughBothCasts() {
        try (NDManager step = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray x = step.create(new float[] {1, 2, 3, 1f / 3}, new Shape(2, 2));
            x.setRequiresGradient(true);
            NDArray half = Cast.narrow(x);
            assertThat(half.getDataType()).isEqualTo(DataType.FLOAT16);
            NDArray wide = Cast.wide(half);
            assertThat(wide.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(wide.toFloatArray()).containsExactly(1, 2, 3, 0.33325195f); // the nearest of 16 bits to 1/3
            collector.backward(wide.square().sum());
            assertThat(x.getGradient().getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(x.getGradient().toFloatArray()).containsExactly(2, 4, 6, 0.6665039f);
        }
    }

    @Test
    void arrayOfTheRightTypeIsNotCopied() {
        try (NDManager step = NDManager.newBaseManager()) {
            NDArray x = step.create(new float[] {1, 2});
            assertThat(Cast.wide(x)).isSameAs(x);
            assertThat(Cast.like(x, x)).isSameAs(x);
            NDArray half = Cast.narrow(x);
            assertThat(Cast.narrow(half)).isSameAs(half);
        }
    }
}
