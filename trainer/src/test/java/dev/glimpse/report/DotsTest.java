package dev.glimpse.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotsTest {
    @Test
    void everySeedIsADotBetweenTheLeastAndTheLargest() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        values.put("none", List.of(1.0, 2.0));
        values.put("all<", List.of(3.0));
        String svg = Dots.svg("CIDEr-D", values, "none");
        assertThat(svg).contains("CIDEr-D: 1.000 to 3.000", "none 1.500", "all&lt; 3.000");
        assertThat(svg.split("<circle")).hasSize(4);
        assertThat(svg).contains("cx=\"300.0\"", "cx=\"545.0\"", "cx=\"790.0\""); // least, middle, largest
        assertThat(svg).contains("x1=\"422.5\" x2=\"422.5\" y1=\"0\" y2=\"36\""); // the mean of none, over two rows
    }

    @Test
    void oneValueStandsInTheMiddle() {
        assertThat(Dots.svg("VQA", Map.of("all", List.of(5.0)), "none"))
                .contains("cx=\"545.0\"")
                .doesNotContain("stroke-dasharray");
    }
}
