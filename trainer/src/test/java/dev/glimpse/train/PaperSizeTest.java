package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.bundle.Labels;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.detector.DetectorTensors;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The networks of {@code configs/paper} have as many parameters as those of the papers. */
class PaperSizeTest {
    /** MiniVLM's detector counts 1592 classes with background, and 524 attributes. */
    private static final Labels LABELS = new Labels(names("class", 1591), names("attribute", 524));

    private static final int BERT = 30522;
    private static final int ANSWERS = 3129;
    private static final Percentage CLOSE = Percentage.withPercentage(1);

    private final TrainConfig config = StrictYaml.load(Path.of("../configs/paper/train.yaml"), TrainConfig.class);

    @Test
    void studentsFusionCountsThirtyFourMillion() {
        assertThat(count(FusionTensors.pretraining(
                        config.fusion().size(BERT, config.detector().network().feature(), ANSWERS))))
                .isCloseTo(33_940_000L, CLOSE);
    }

    @Test
    void teachersFusionCountsAHundredAndTwelveMillion() {
        TeacherConfig teacher = config.teacher().orElseThrow();
        TrainConfig.Fusion fusion = teacher.fusion().with(config.fusion().layout());
        int feature = teacher.detector().network().size(LABELS).feature();
        assertThat(count(FusionTensors.pretraining(fusion.size(BERT, feature, ANSWERS))))
                .isCloseTo(111_680_000L, CLOSE);
    }

    @Test
    void detectorCountsSevenAndAHalfMillionWithoutAttributesAndAMillionMoreWithThem() {
        DetectorSize size = config.detector().network().size(LABELS);
        DetectorTensors tensors = DetectorTensors.of(size);
        long attributes = count(tensors.parameters().stream()
                .filter(p -> p.name().startsWith("attribute."))
                .toList());
        assertThat(tensors.count()).isCloseTo(8_540_000L, CLOSE);
        assertThat(tensors.count() - attributes).isCloseTo(7_530_000L, CLOSE);
    }

    /**
     * About 64 million are said of such a detector with box regression for every class. Ours regresses boxes whatever the
     * class, which is 2048 x 4 x 1591 = 13 million less.
     */
    @Test
    void teachersDetectorCountsFiftyTwoMillionBecauseItsBoxesKnowNoClass() {
        DetectorTensors tensors = DetectorTensors.of(
                config.teacher().orElseThrow().detector().network().size(LABELS));
        assertThat(tensors.count()).isCloseTo(52_400_000L, CLOSE);
        assertThat(tensors.count() + 2048L * 4 * 1591).isCloseTo(64_000_000L, Percentage.withPercentage(3));
    }

    private static long count(List<ParameterSpec> specs) {
        return specs.stream().mapToLong(p -> p.shape().size()).sum();
    }

    private static List<String> names(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + " " + i).toList();
    }
}
