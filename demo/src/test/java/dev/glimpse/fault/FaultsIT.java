package dev.glimpse.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.demo.BrokerLog;
import dev.glimpse.fault.scenario.Finding;
import dev.glimpse.fault.scenario.Grounds;
import dev.glimpse.fault.scenario.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick size of every scenario. */
@Timeout(600)
class FaultsIT {
    private static final FaultSuite SUITE =
            new FaultSuite(Path.of("..", "bundles", "default"), Path.of(System.getProperty("glimpse.data", "")));

    private static Path folder = Path.of("");
    private static Grounds grounds;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("glimpse-faults-");
        BrokerLog.to(folder.resolve("clients.log"));
        grounds = new Grounds(folder, Size.QUICK);
    }

    @AfterAll
    static void end() throws Exception {
        grounds.close();
    }

    static List<List<String>> groups() {
        return SUITE.groups();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void everyFrameHasExactlyOneOutcomeInItsPlace(List<String> names) throws Exception {
        List<Finding> findings = SUITE.run(grounds, names::contains, finding -> System.out.println(finding.json()));
        assertThat(findings).hasSameSizeAs(names).allSatisfy(finding -> {
            assertThat(finding.problems())
                    .as("%s; brokers and workers logged to %s", finding.scenario(), folder)
                    .isEmpty();
            assertThat(finding.verdict().frames()).isPositive();
            assertThat(finding.faults() > 0 || finding.scenario().equals("soak"))
                    .isTrue();
        });
    }
}
