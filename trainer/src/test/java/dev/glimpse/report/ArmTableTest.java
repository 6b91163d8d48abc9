package dev.glimpse.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ArmTableTest {
    @Test
    void differencesAreTakenSeedBySeed() {
        List<ArmResult> results = List.of(
                result("none", 1, 1.0, 50),
                result("none", 2, 2.0, 52),
                result("all", 1, 1.2, 51),
                result("all", 2, 2.1, 54));
        String[] lines = ArmTable.markdown(results, arm -> "none").split("\n");
        assertThat(lines[2])
                .isEqualTo(
                        "| none | 2 | 1.500 \u00b1 0.707 | 51.0 \u00b1 1.4 | 0.500 \u00b1 0.000 | 10 | 20 |  |  |  |  |");
        assertThat(lines[3])
                .isEqualTo("| all | 2 | 1.650 \u00b1 0.636 | 52.5 \u00b1 2.1 | 0.500 \u00b1 0.000 | 10 | 20 "
                        + "| none | +0.150 (+0.100 to +0.200) | +12.5 % | +1.5 (+1.0 to +2.0) |");
    }

    @Test
    void armWithoutACommonSeedHasNoDifference() {
        List<ArmResult> results = List.of(
                result("none", 1, 1.0, 50), new ArmResult("ceiling", 9, 2, 90, OptionalDouble.empty(), 0, 0, ""));
        assertThat(ArmTable.markdown(results, arm -> "none"))
                .endsWith("| ceiling | 1 | 2.000 | 90.0 |  | 0 | 0 |  |  |  |  |\n");
    }

    @Test
    void armIsComparedWithTheOneItNames() {
        List<ArmResult> results =
                List.of(result("none", 1, 1.0, 50), result("short", 1, 2.0, 52), result("queue", 1, 3.0, 55));
        assertThat(ArmTable.markdown(results, arm -> arm.equals("queue") ? "short" : "none"))
                .contains("| short | +1.000 | +50.0 % | +3.0 |\n");
    }

    private static ArmResult result(String arm, long seed, double cider, double vqa) {
        return new ArmResult(arm, seed, cider, vqa, OptionalDouble.of(0.5), 10, 20, "");
    }
}
