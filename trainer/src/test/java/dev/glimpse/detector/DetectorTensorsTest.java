package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.glimpse.detector.C4Size.Block;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.detector.C4Size.ResNet;
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

    /** ResNet-101 has 44,549,160 parameters, 2,049,000 of them in its classifier of 1000 classes. */
    @Test
    void theTeachersBackboneHasAsManyParametersAsResNetWithoutItsClassifier() {
        assertThat(resNet101(Norm.TRAINED).parameters().stream()
                        .filter(p -> p.name().startsWith("backbone"))
                        .mapToLong(p -> p.shape().size())
                        .sum())
                .isEqualTo(44_549_160 - 2_049_000);
    }

    /**
     * Published detectors of this kind have about 64 million: they regress one box per class, ours one for all classes, as
     * the student's.
     */
    @Test
    void theTeacherHasThePublishedNumberOfParametersButForRegressionByClass() {
        long ours = resNet101(Norm.FROZEN).count();
        assertThat(ours).isEqualTo(52_482_116);
        long byClass = (2048 + 1) * 4 * (1592 - 1);
        assertThat(ours + byClass).isCloseTo(64_000_000, withinPercentage(3));
    }

    @Test
    void freezingTheNormsMovesTheirScaleAndShiftToTheStatistics() {
        DetectorTensors frozen = resNet101(Norm.FROZEN);
        DetectorTensors trained = resNet101(Norm.TRAINED);
        assertThat(frozen.count()).isEqualTo(trained.count());
        assertThat(trained.parameters()).anyMatch(p -> p.name().equals("backbone.stage4.block23.norm3.weight"));
        assertThat(frozen.statistics()).anyMatch(p -> p.name().equals("backbone.stage4.block23.norm3.weight"));
    }

    /** ResNet-101 with 1591 classes and 524 attributes, as the student is published. */
    private static DetectorTensors resNet101(Norm norm) {
        ResNet backbone = new ResNet(Block.BOTTLENECK, norm, 64, List.of(256, 512, 1024, 2048), List.of(3, 4, 23, 3));
        return DetectorTensors.of(new C4Size(
                1024, 768, backbone, List.of(64d, 128d, 256d, 512d), 512, 6000, 300, 14, 50, .05, 1591, 524, 256, 512));
    }

    /** TEE as published: 1591 classes and background, region feature of 1024 numbers. */
    private static DetectorSize published(int attributes) {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        return new DetectorSize(
                512, 512, backbone, 64, 3, 4, 2000, 300, 224, 4, 1024, 50, .05, 1591, attributes, 102, 512);
    }
}
