package dev.glimpse.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.engine.ElementType;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceTensorTest {
    private final HostCuda cuda = new HostCuda();
    private final AtomicInteger open = new AtomicInteger();

    private DeviceTensor floats(long... shape) {
        return DeviceTensor.allocate(cuda, ElementType.FLOAT, shape, open);
    }

    private static float[] values(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(open.get()).isZero();
        assertThat(cuda.allocated()).isZero();
        assertThat(cuda.pinned).isZero();
    }

    @Test
    void rowsWrittenOneByOneGoOverTogetherWhenTheDeviceReads() {
        try (DeviceTensor tensor = floats(3, 2)) {
            for (int row = 0; row < 3; row++) {
                tensor.write(row, new float[] {row, row + .5f});
            }
            assertThat(cuda.uploads).isZero();
            tensor.forReading();
            assertThat(cuda.uploads).isEqualTo(1);
            tensor.forReading();
            assertThat(cuda.uploads).isEqualTo(1);
            tensor.forWriting();
            assertThat(values(tensor.floats())).containsExactly(0, .5f, 1, 1.5f, 2, 2.5f);
        }
    }

    @Test
    void rowsBetweenTwoWrittenOnesKeepWhatTheDeviceHas() {
        try (DeviceTensor tensor = floats(4, 1);
                DeviceTensor ones = floats(4, 1)) {
            ones.write(0, new float[] {1, 1, 1, 1});
            for (int row = 0; row < 4; row++) {
                tensor.copyRow(row, ones, row);
            }
            tensor.write(0, new float[] {7});
            tensor.write(3, new float[] {8});
            assertThat(values(tensor.floats())).containsExactly(7, 1, 1, 8);
        }
    }

    @Test
    void valuesWrittenAgainBeforeTheDeviceHasReadThemDoNotOvertake() {
        try (DeviceTensor tensor = floats(1, 1);
                DeviceTensor first = floats(1, 1)) {
            tensor.write(0, new float[] {1});
            first.copyRow(0, tensor, 0); // still on the stream
            tensor.write(0, new float[] {2});
            assertThat(values(first.floats())).containsExactly(1);
            assertThat(values(tensor.floats())).containsExactly(2);
        }
    }

    @Test
    void copiesAndZerosStayOnTheDevice() {
        try (DeviceTensor keys = floats(2, 3);
                DeviceTensor other = floats(2, 3)) {
            keys.write(0, new float[] {1, 2, 3, 4, 5, 6});
            other.copyRow(1, keys, 0);
            keys.clear();
            assertThat(cuda.uploads).isEqualTo(1);
            assertThat(cuda.downloads).isZero();
            assertThat(values(other.floats())).containsExactly(0, 0, 0, 1, 2, 3);
            assertThat(values(keys.floats())).containsOnly(0);
        }
    }

    @Test
    void whatTheDeviceHasNotTouchedIsNotReadTwice() {
        try (DeviceTensor tensor = floats(2, 1)) {
            tensor.floats();
            tensor.floats();
            assertThat(cuda.downloads).isEqualTo(1);
            tensor.forWriting();
            tensor.floats();
            assertThat(cuda.downloads).isEqualTo(2);
        }
    }

    @Test
    void firstRowsShareTheMemoryAndShowTheirRowsOnly() {
        try (DeviceTensor whole = floats(3, 2);
                DeviceTensor first = whole.first(2)) {
            first.write(1, new float[] {4, 5});
            assertThat(values(first.floats())).containsExactly(0, 0, 4, 5);
            assertThat(values(whole.floats())).containsExactly(0, 0, 4, 5, 0, 0);
            assertThat(first.address()).isEqualTo(whole.address());
        }
    }

    @Test
    void viewOfAClosedTensorIsRefused() {
        DeviceTensor whole = floats(2, 2);
        DeviceTensor first = whole.first(1);
        whole.close();
        whole.close();
        assertThatThrownBy(first::floats)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(first::forReading).isInstanceOf(IllegalStateException.class);
        first.close();
    }

    @Test
    void wrongTypesHalfRowsAndRowsOutsideAreRefused() {
        try (DeviceTensor tensor = floats(2, 2);
                DeviceTensor longs = DeviceTensor.allocate(cuda, ElementType.INT64, new long[] {2, 2}, open)) {
            assertThatThrownBy(() -> tensor.write(0, new float[3])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.write(1, new float[4])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.write(0, new long[2])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.copyRow(0, longs, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.copyRow(2, tensor, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(tensor::longs).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tensor.first(3)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
