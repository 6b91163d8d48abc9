package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.glimpse.error.UserError;
import dev.glimpse.parameter.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void sixteenBitsOnTheCpuAreRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Devices.require(List.of(Device.cpu()), Precision.FP16, false, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--precision fp16 needs a GPU")
                .hasMessageContaining("--device gpu");
        assertThatCode(() -> Devices.require(List.of(Device.gpu(0)), Precision.FP16, false, Map.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void roundedProductsNeedTheEnvironmentOfTheLauncher() {
        assertThatThrownBy(() -> Devices.require(List.of(Device.cpu()), Precision.FP32, true, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1");
        assertThatCode(() -> Devices.require(List.of(Device.cpu()), Precision.FP32, true, Map.of(Devices.TF32, "1")))
                .doesNotThrowAnyException();
    }
}
