package dev.glimpse.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.glimpse.engine.DeviceException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CudaErrorTest {
    @Test
    void errorsThatEndTheContextAreFatal() {
        int[] sticky = {700, 702, 710, 714, 715, 716, 717, 718, 719, 214};
        for (int code : sticky) {
            DeviceException error = CudaError.exception(code, "running");
            assertThat(error.fatal()).as("%d", code).isTrue();
            assertThat(error.outOfMemory()).isFalse();
            assertThat(error).hasMessageContaining("error " + code).hasMessageContaining("started again");
        }
    }

    @Test
    void tooLittleMemoryIsNotFatal() {
        DeviceException error = CudaError.exception(2, "allocating 5 bytes");
        assertThat(error.fatal()).isFalse();
        assertThat(error.outOfMemory()).isTrue();
        assertThat(error).hasMessage("allocating 5 bytes failed on the GPU: out of device memory (CUDA error 2)");
    }

    @Test
    void wrongArgumentsAndRefusedRecordingsAreNotFatal() {
        IntStream.of(1, 3, 400, 701, 900, 901)
                .forEach(code -> assertThat(CudaError.exception(code, "x").fatal())
                        .as("%d", code)
                        .isFalse());
    }

    @Test
    void zeroIsNoError() {
        assertThatCode(() -> CudaError.check(0, "running")).doesNotThrowAnyException();
    }

    @Test
    void fatalErrorIsFoundBelowOthers() {
        DeviceException fatal = CudaError.exception(700, "running");
        assertThat(DeviceException.isFatal(new IllegalStateException(new RuntimeException(fatal))))
                .isTrue();
        assertThat(DeviceException.isFatal(new IllegalStateException(CudaError.exception(2, "x"))))
                .isFalse();
    }
}
