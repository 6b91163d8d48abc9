package dev.glimpse.fault.site;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    /** Fails as a node whose port is taken does. */
    static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) {
            new IllegalStateException("Address already in use").printStackTrace();
            System.exit(3);
        }
    }

    @Test
    void aChildThatEndsBeforeItIsReadyIsReportedWithItsCodeAndItsLastWords(@TempDir Path folder) throws Exception {
        try (Children children = new Children(folder)) {
            Child child = children.java("node-1", List.of(), Failing.class, List.of());
            assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(60)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "node-1 ended with code 3 before it was ready; the end of " + folder.resolve("node-1.log")
                                    + ":\njava.lang.IllegalStateException: Address already in use");
        }
    }
}
