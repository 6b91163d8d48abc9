package dev.glimpse.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.GoldenCheck;
import dev.glimpse.captioner.Sight;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The captioner on a whole exported bundle of random weights: real graphs, whose numbers depend on everything they read. */
class RandomBundleCaptionsTest {
    /** Processors add up in another order for another batch size. */
    private static final double ROUNDING = 1e-3;

    @TempDir
    static Path folder;

    @BeforeAll
    static void export() throws IOException {
        RandomRun.write(
                folder.resolve("run"), RandomRun.tinyDetector(), RandomRun.tinyFusion(), RandomRun.tinyLayout());
        Exporter.export(
                        folder.resolve("run"),
                        folder.resolve("bundle"),
                        ExportSettings.unmeasured("random"),
                        line -> {})
                .bundle()
                .close();
    }

    private static BundleCaptioner open(int threads, int beams) {
        return new BundleCaptioner(BundleReader.open(folder.resolve("bundle")), new OrtEngine(threads), beams);
    }

    private static List<Picture> pictures(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] rgb = new byte[(90 + 20 * i) * 120 * 3];
                    random.nextBytes(rgb);
                    // Bands of one colour, so that pictures differ in more than noise.
                    for (int p = rgb.length / (3 + i); p < rgb.length / 2; p++) {
                        rgb[p] = (byte) (40 * i + 80 * (p % 3));
                    }
                    return new Picture(90 + 20 * i, 120, rgb);
                })
                .toList();
    }

    private static void assertSame(Sight found, Sight expected) {
        assertThat(found.regions()).hasSameSizeAs(expected.regions());
        for (int r = 0; r < found.regions().size(); r++) {
            assertThat(found.regions().get(r).tag())
                    .isEqualTo(expected.regions().get(r).tag());
            assertThat(found.regions().get(r).score())
                    .isCloseTo(expected.regions().get(r).score(), within((float) ROUNDING));
        }
        assertThat(found.caption().text()).isEqualTo(expected.caption().text());
        for (int w = 0; w < found.caption().words().size(); w++) {
            Caption.Word word = found.caption().words().get(w);
            Caption.Word other = expected.caption().words().get(w);
            assertThat(word.probability()).isCloseTo(other.probability(), within(ROUNDING));
            for (int r = 0; r < word.regions().size(); r++) {
                assertThat(word.regions().get(r)).isCloseTo(other.regions().get(r), within((float) ROUNDING));
            }
        }
    }

    @Test
    void pictureGetsTheSameSightAloneAndInABatchOfSeven() {
        try (BundleCaptioner captioner = open(1, 1)) {
            List<Picture> pictures = pictures(7);
            List<Sight> together = captioner.look(pictures);
            assertThat(together.stream().map(s -> s.caption().confidence()).distinct())
                    .hasSizeGreaterThan(3);
            for (int i = 0; i < 7; i++) {
                assertSame(captioner.look(List.of(pictures.get(i))).get(0), together.get(i));
            }
        }
    }

    @Test
    void beamSearchIsTheSameAloneAndInABatch() {
        try (BundleCaptioner captioner = open(1, 3)) {
            List<Picture> pictures = pictures(4);
            List<Sight> together = captioner.look(pictures);
            for (int i = 0; i < 4; i++) {
                assertSame(captioner.look(List.of(pictures.get(i))).get(0), together.get(i));
            }
        }
    }

    @Test
    void questionsGetTheSameAnswersAloneAndTogether() {
        List<String> questions = List.of("what is in the picture", "how many cats", "a red ball on the table");
        try (BundleCaptioner captioner = open(1, 1)) {
            Sight sight = captioner.look(pictures(1)).get(0);
            List<Answer> together = captioner.answer(sight, questions);
            assertThat(together.stream().map(Answer::confidence).distinct()).hasSize(3);
            for (int q = 0; q < questions.size(); q++) {
                Answer alone =
                        captioner.answer(sight, List.of(questions.get(q))).get(0);
                assertThat(together.get(q).text()).isEqualTo(alone.text());
                assertThat(together.get(q).confidence()).isCloseTo(alone.confidence(), within(ROUNDING));
                assertThat(together.get(q).regions()).hasSameSizeAs(sight.regions());
            }
        }
    }

    @Test
    void goldenRunsAgreeOnThisMachine() {
        OrtEngine engine = new OrtEngine(2);
        try (engine;
                var bundle = BundleReader.open(folder.resolve("bundle"))) {
            assertThat(GoldenCheck.run(bundle, engine)).hasSizeGreaterThan(3);
        }
        assertThat(engine.openTensors()).isZero();
    }

    @Test
    void everyRealPictureGetsACaption() throws Exception {
        Path images = Path.of(System.getProperty("glimpse.data", "")).resolve("pictures/images");
        assumeTrue(Files.isDirectory(images), "skipped: no data (set -Dglimpse.data)");
        List<Path> files;
        try (Stream<Path> list = Files.list(images)) {
            files = list.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        }
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files) {
            pictures.add(PictureDecoder.decode(Files.readAllBytes(file)));
        }
        try (BundleCaptioner captioner = open(2, 1)) {
            List<Sight> sights = captioner.look(pictures);
            assertThat(sights).hasSameSizeAs(files).allSatisfy(sight -> assertThat(
                            sight.caption().text())
                    .isNotBlank()
                    .doesNotContain("[")
                    .doesNotContain("#"));
        }
    }
}
