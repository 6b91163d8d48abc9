package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void portsAreDifferentOnes() throws Exception {
        assertThat(Ports.free(50)).doesNotHaveDuplicates().hasSize(50);
    }

    @Test
    void noPortIsOneThatLinuxGivesToOutgoingConnections() throws Exception {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        assumeTrue(Files.exists(range), "this is no Linux");
        List<Integer> ends = Arrays.stream(Files.readString(range).trim().split("\\s+"))
                .map(Integer::valueOf)
                .toList();
        assumeTrue(ends.get(0) == 32_768, "this machine gives other ports to outgoing connections: " + ends);
        assertThat(Ports.free(50)).allSatisfy(port -> assertThat(port).isBetween(1024, ends.get(0) - 1));
    }
}
