package dev.glimpse.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriverTest {
    @Test
    void versionIsThatOfTheKernelModuleAndItsCuda() {
        String server =
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159.04  Release Build\nGCC version: 12.2.0";
        String jetson = "NVRM version: NVIDIA UNIX Open Kernel Module for aarch64  540.4.0  Release Build";
        assertThat(Driver.version(server, 13000)).isEqualTo("580.159.04, CUDA 13.0");
        assertThat(Driver.version(jetson, 12060)).isEqualTo("540.4.0, CUDA 12.6");
    }

    @Test
    void withoutAKernelModuleTheCudaVersionHasToDo() {
        assertThat(Driver.version("", 12060)).isEqualTo("CUDA 12.6");
    }
}
