package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class PyramidTest {
    @Test
    void oneDenseConvolutionEqualsDepthwiseThenPointwise() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomNormal(0, 1, new Shape(2, 5, 6, 7), DataType.FLOAT32);
            NDArray depthwise = manager.randomNormal(0, 1, new Shape(5, 1, 3, 3), DataType.FLOAT32);
            NDArray pointwise = manager.randomNormal(0, 1, new Shape(5, 5, 1, 1), DataType.FLOAT32);
            NDArray expected = ConvNorm.convolve(ConvNorm.convolve(x, depthwise, 1), pointwise, 1);
            assertThat(Pyramid.separable(x, depthwise, pointwise).toFloatArray())
                    .containsExactly(expected.toFloatArray(), within(1e-4f));
        }
    }

    @Test
    void upRepeatsEachCellAndDownTakesTheMaximum() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
            NDArray up = Pyramid.up(x);
            assertThat(up.toFloatArray()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
            assertThat(Pyramid.down(up).toFloatArray()).containsExactly(1, 2, 3, 4);
        }
    }
}
