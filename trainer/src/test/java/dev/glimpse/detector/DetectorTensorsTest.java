package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorTensorsTest {
    /** EfficientNet-B0 has 5,288,548 parameters, 1,693,160 of them in its head and classifier. */
    @Test
    void theBackboneHasAsManyParametersAsEfficientNetWithoutItsHead() {
        assertThat(DetectorTensors.of(published(0)).parameters().stream()
                        .filter(p -> p.name().startsWith("backbone"))
                        .mapToLong(p -> p.shape().size())
                        .sum())
                .isEqualTo(3_595_388);
    }

    /** With the running statistics; without them it is 1.1 % less, and the sources do not say which they count. */
    @Test
    void thePublishedSizeHasThePublishedNumberOfParameters() {
        assertThat(DetectorTensors.of(published(0)).count()).isCloseTo(7_530_000, withinPercentage(1));
        assertThat(DetectorTensors.of(published(524)).count()).isCloseTo(8_540_000, withinPercentage(1));
    }

    @Test
    void withoutAttributesThereIsNoAttributeHead() {
        assertThat(DetectorTensors.of(TinySize.of(3, 0)).parameters())
                .noneMatch(p -> p.name().startsWith("attribute"));
    }

    /** TEE as published: 1591 classes and background, region feature of 1024 numbers. */
    private static DetectorSize published(int attributes) {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        return new DetectorSize(
                512, 512, backbone, 64, 3, 4, 2000, 300, 224, 4, 1024, 50, .05, 1591, attributes, 102, 512);
    }
}
