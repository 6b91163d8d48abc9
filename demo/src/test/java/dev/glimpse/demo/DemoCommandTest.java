package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path work;

    @Test
    void portInUseIsSaidBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = Ran.command(new DemoCommand(), "--port", Integer.toString(taken.getLocalPort()));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.errors())
                    .startsWith("glimpse: port " + taken.getLocalPort() + " is expected to be free for the page")
                    .endsWith("end the program that uses it, or give --port P\n");
        }
    }

    @Test
    void missingBundleIsSaidBeforeAnythingStarts() {
        Ran ran = Ran.command(
                new DemoCommand(),
                "--port",
                "0",
                "--bundle",
                work.resolve("none").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.errors()).contains(work.resolve("none").toString()).doesNotContain("unexpected");
    }

    @Test
    void figuresOutOfRangeAreSaidWithTheRange() {
        assertThat(Ran.command(new DemoCommand(), "--cameras", "0").errors()).contains("cameras are 1 to 64, found 0");
        assertThat(Ran.command(new DemoCommand(), "--fps", "0").errors()).contains("above 0 and up to 1000, found 0");
        assertThat(Ran.command(new DemoCommand(), "--port", "70000").errors()).contains("0 to 65535, found 70000");
        assertThat(Ran.command(new DemoCommand(), "--seconds", "-1").errors()).contains("seconds are above 0");
        assertThat(Ran.command(new DemoCommand(), "--cameras", "four").code()).isEqualTo(2);
    }

    @Test
    void placeForTheReportIsTriedBeforehand() throws IOException {
        Path file = Files.createFile(work.resolve("file"));
        Ran ran = Ran.command(
                new DemoCommand(),
                "--port",
                "0",
                "--report",
                file.resolve("r.json").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.errors()).contains("cannot be made");
    }
}
