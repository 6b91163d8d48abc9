package dev.glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceFaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 700: an illegal memory access was encountered ; GPU=0",
                "CUDA error 719",
                "cudaErrorLaunchTimeout",
                "device-side assert triggered",
                "CUDA error: uncorrectable ECC error encountered"
            })
    void stickyFaultIsFatalWhereverItStands(String message) {
        assertThat(DeviceFault.of(new IllegalStateException("step failed", new RuntimeException(message))))
                .isEqualTo(DeviceFault.FATAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUDA failure 2: out of memory", "BFCArena: Failed to allocate memory for 40 bytes"})
    void lackOfMemoryIsNotFatal(String message) {
        assertThat(DeviceFault.of(new RuntimeException(message))).isEqualTo(DeviceFault.OUT_OF_MEMORY);
    }

    @Test
    void anythingElseSaysNothingAboutTheDevice() {
        assertThat(DeviceFault.of(new IllegalArgumentException("expected 700 regions, found 719")))
                .isEqualTo(DeviceFault.NONE);
        assertThat(DeviceFault.of(new RuntimeException())).isEqualTo(DeviceFault.NONE);
    }
}
