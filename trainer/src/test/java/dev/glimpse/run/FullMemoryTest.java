package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.glimpse.error.UserError;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FullMemoryTest {
    @Test
    void fullGpuSaysWhatToLowerOrRaise() {
        assertThat(message(new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has ...")))
                .startsWith("caption: the GPU's memory is full")
                .contains("Raise optimizer.accumulate", "lower optimizer.batch");
    }

    @Test
    void fullMachineSaysSoToo() {
        String text =
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried";
        assertThat(message(new EngineException(text))).contains("the machine's memory is full", "optimizer.accumulate");
    }

    @Test
    void fullHeapIsFoundBelowWhatAnotherThreadWrappedItIn() {
        assertThat(message(new CompletionException(new OutOfMemoryError("Java heap space"))))
                .contains("Java's memory is full (Java heap space)", "-Xmx8g");
    }

    @Test
    void otherFailuresAreLeftAlone() {
        assertThat(FullMemory.explain("caption", new IllegalStateException("no such tensor")))
                .isEmpty();
    }

    private static String message(Throwable failure) {
        return FullMemory.explain("caption", failure).map(UserError::getMessage).orElse("not explained");
    }
}
