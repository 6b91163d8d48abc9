package dev.glimpse.captioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.device.EngineName;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.error.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private static final TensorRtPresence HERE =
            new TensorRtPresence(Optional.empty(), "10.15.1", "NVIDIA H200, driver 580");
    private static final TensorRtPresence GONE =
            new TensorRtPresence(Optional.of("no NVIDIA driver: libcuda.so.1 was not found"), "", "");

    private static Engines.Wish wish(EngineName name) {
        return new Engines.Wish(name, 1, 64, note -> {});
    }

    private static Supplier<Engine> refusing(RuntimeException error) {
        return () -> {
            throw error;
        };
    }

    @Test
    void autoTakesOnnxRuntimeWithoutADriverAndSaysWhy() {
        Engines.Chosen chosen =
                Engines.open(wish(EngineName.AUTO), () -> GONE, refusing(new Unexpected("never asked for")));
        try (Engine engine = chosen.engine()) {
            assertThat(engine.name()).startsWith("onnxruntime");
            assertThat(chosen.reason()).isEqualTo("onnxruntime: no NVIDIA driver: libcuda.so.1 was not found");
        }
    }

    /** A runtime exception that no code expects. */
    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }

    @Test
    void autoTakesTensorRtWhereItIsAndNamesTheDevice() {
        try (OrtEngine stands = new OrtEngine(1)) {
            Engines.Chosen chosen = Engines.open(wish(EngineName.AUTO), () -> HERE, () -> stands);
            assertThat(chosen.engine()).isSameAs(stands);
            assertThat(chosen.reason()).isEqualTo("tensorrt: 10.15.1 on NVIDIA H200, driver 580");
        }
    }

    @Test
    void autoServesWithOnnxRuntimeWhenTensorRtComputesSomethingElse() {
        Engines.Chosen chosen = Engines.open(
                wish(EngineName.AUTO), () -> HERE, refusing(new UserError("golden/step.json differs by 3")));
        chosen.engine().close();
        assertThat(chosen.engine().name()).startsWith("onnxruntime");
        assertThat(chosen.reason()).contains("refused").contains("golden/step.json differs by 3");
    }

    @Test
    void autoDoesNotHideADeviceThatIsLost() {
        DeviceException lost = new DeviceException("illegal address", true, false);
        assertThatThrownBy(() -> Engines.open(wish(EngineName.AUTO), () -> HERE, refusing(lost)))
                .isSameAs(lost);
    }

    @Test
    void tensorRtByNameIsNotReplaced() {
        assertThatThrownBy(() -> Engines.open(
                        wish(EngineName.TENSORRT),
                        () -> GONE,
                        refusing(new UserError("no TensorRT: libnvinfer.so.10"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("libnvinfer.so.10");
    }

    @Test
    void onnxRuntimeByNameAsksForNoDevice() {
        Engines.Chosen chosen = Engines.open(
                wish(EngineName.ONNXRUNTIME),
                () -> {
                    throw new IllegalStateException("asked");
                },
                refusing(new IllegalStateException("asked")));
        chosen.engine().close();
        assertThat(chosen.reason()).isEqualTo("onnxruntime, as asked for");
    }

    @Test
    void tensorRtWithoutADriverNamesWhatIsMissing() {
        assumeTrue(TensorRtPresence.find().missing().isPresent(), "this machine has TensorRT");
        assertThat(TensorRtPresence.find().missing().get())
                .containsAnyOf("libcuda.so.1", "no GPU", "libnvinfer.so.10", "does not start")
                .containsAnyOf("Install", "Check");
    }

    @Test
    void lookingForADeviceLoadsNoClassOfCudaOrTensorRtWithoutADriver() throws IOException, InterruptedException {
        assumeTrue(
                TensorRtPresence.find()
                        .missing()
                        .filter(m -> m.contains("no NVIDIA driver"))
                        .isPresent(),
                "this machine has an NVIDIA driver");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        classPath(),
                        AutoEngine.class.getName())
                .redirectErrorStream(true)
                .start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).as(out).isZero();
        assertThat(out).contains("onnxruntime: no NVIDIA driver").contains("dev.glimpse.cuda.CudaLibrary");
        assertThat(out.lines()
                        .filter(line -> line.contains("org.bytedeco.cuda") || line.contains("org.bytedeco.tensorrt")))
                .isEmpty();
    }

    /** What a child needs, wherever the tests were started from. */
    private static String classPath() {
        return Stream.of(
                        EnginesTest.class,
                        Engines.class,
                        UserError.class,
                        com.sun.jna.Native.class,
                        ai.onnxruntime.OrtEnvironment.class)
                .map(c -> Path.of(c.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Chooses an engine, in a process of its own. */
    static final class AutoEngine {
        private AutoEngine() {}

        public static void main(String[] arguments) {
            Engines.Chosen chosen = Engines.open(wish(EngineName.AUTO), TensorRtPresence::find, () -> {
                throw new IllegalStateException("no device, no engine");
            });
            System.out.println(chosen.reason());
            chosen.engine().close();
        }
    }
}
