package dev.glimpse.captioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.box.Box;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Manifest.Graph;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCaptionerTest {
    @TempDir
    static Path folder;

    private OrtEngine engine = new OrtEngine(1);
    private BundleCaptioner captioner = open(1);

    @BeforeAll
    static void write() {
        RuleBundle.write(folder.resolve("rules"), RuleBundle.GRAPHS).close();
    }

    private BundleCaptioner open(int beams) {
        return new BundleCaptioner(BundleReader.open(folder.resolve("rules")), engine, beams);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        captioner.close();
        assertThat(engine.openTensors()).isZero();
    }

    private static Picture plain(int width, int height, int red, int green, int blue) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new Picture(width, height, rgb);
    }

    private Sight look(Picture picture) {
        return captioner.look(List.of(picture)).get(0);
    }

    /** Probability of a word whose logit is 8, where [SEP] has a tenth of the finished tokens' sum and the others 0. */
    private static double probability(int sumOfFinished) {
        return Math.exp(8) / (Math.exp(8) + 10 + Math.exp(sumOfFinished / 10.0));
    }

    @Test
    void captionNamesTheTagsByFallingScore() {
        assertThat(look(plain(32, 32, 100, 200, 0)).caption().text()).isEqualTo("green red");
        assertThat(look(plain(32, 32, 200, 100, 0)).caption().text()).isEqualTo("red green");
    }

    @Test
    void piecesAreJoinedToWordsAndTheirProbabilitiesMultiplied() {
        Caption caption = look(plain(32, 32, 100, 0, 200)).caption();
        assertThat(caption.text()).isEqualTo("kites red");
        assertThat(caption.words()).extracting(Caption.Word::text).containsExactly("kites", "red");
        double kites = probability(2) * probability(2 + 7);
        double red = probability(2 + 7 + 8);
        assertThat(caption.words().get(0).probability()).isCloseTo(kites, within(1e-6));
        assertThat(caption.words().get(1).probability()).isCloseTo(red, within(1e-6));
        assertThat(caption.confidence()).isCloseTo(Math.sqrt(kites * red), within(1e-6));
    }

    @Test
    void keysOfAnEarlierCaptionAreForgotten() {
        Caption first = look(plain(32, 32, 100, 0, 200)).caption();
        look(plain(32, 32, 200, 100, 50));
        assertThat(look(plain(32, 32, 100, 0, 200)).caption()).isEqualTo(first);
    }

    @Test
    void everyWordSaysHowMuchItLookedAtEachFoundRegion() {
        Sight sight = look(plain(32, 32, 200, 100, 0));
        // Even over the tags red, green, [SEP] and two regions.
        assertThat(sight.caption().words())
                .allSatisfy(word -> assertThat(word.regions()).hasSize(2).allSatisfy(share -> assertThat(share)
                        .isCloseTo(.2f, within(1e-6f))));
    }

    @Test
    void regionsLieInPixelsOfTheSourcePicture() {
        // 64 x 32 fills the upper half of the 32 x 32 input; the rest is the letterbox's grey.
        List<Region> regions = look(plain(64, 32, 255, 0, 0)).regions();
        Region red = regions.get(0);
        assertThat(red.tag()).isEqualTo("red");
        assertThat(red.score()).isCloseTo((255 + 124) / 2f / 255, within(1e-6f));
        assertThat(red.box()).isEqualTo(new Box(0, 0, 64, 16));
        assertThat(red.attributes()).containsExactly("bright");
    }

    @Test
    void pictureGetsTheSameCaptionAloneAndInABatchOfSeven() {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pictures.add(plain(20 + 9 * i, 40 - 3 * i, 37 * i % 256, 250 - 41 * i, i % 2 * 120));
        }
        List<Sight> together = captioner.look(pictures);
        assertThat(together.stream().map(s -> s.caption().text()).distinct()).hasSizeGreaterThan(3);
        for (int i = 0; i < 7; i++) {
            Sight alone = look(pictures.get(i));
            assertThat(together.get(i).caption()).isEqualTo(alone.caption());
            assertThat(together.get(i).regions()).isEqualTo(alone.regions());
        }
    }

    @Test
    void pictureWithoutRegionsStillGetsACaption() {
        Sight sight = look(plain(32, 32, 0, 0, 0));
        assertThat(sight.regions()).isEmpty();
        assertThat(sight.caption().words()).isNotEmpty().allSatisfy(word -> assertThat(word.regions())
                .isEmpty());
        assertThat(sight.caption().text()).doesNotContain("[");
    }

    @Test
    void questionsOnOneSightAreAnsweredEachByItsOwnRow() {
        Sight sight = look(plain(32, 32, 200, 100, 0));
        captioner.look(List.of(plain(32, 32, 0, 0, 0), plain(32, 32, 9, 9, 9))); // leaves other features behind
        List<Answer> answers = captioner.answer(sight, List.of("what is it", "what", "what is it what is it"));
        double bright = 10 * 200 / 255.0 - 5;
        assertThat(answers).extracting(Answer::text).containsExactly("many", "many", "many");
        assertThat(answers.get(1).confidence()).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-6)); // [CLS] what [SEP]
        assertThat(answers.get(2).confidence()).isCloseTo(1 / (1 + Math.exp(-5)), within(1e-6)); // cut to Q = 5
        assertThat(answers.get(0).top()).extracting(Answer.Candidate::text).containsExactly("many", "bright", "never");
        assertThat(answers.get(0).top().get(1).confidence()).isCloseTo(1 / (1 + Math.exp(-bright)), within(1e-5));
        assertThat(answers.get(0).regions()).containsExactly(200 / 255f, 100 / 255f);
    }

    @Test
    void beamsKeepTheirOwnHistory() {
        Caption greedy = look(plain(32, 32, 100, 60, 200)).caption();
        captioner.close();
        engine = new OrtEngine(1);
        captioner = open(3);
        List<Sight> sights = captioner.look(List.of(plain(32, 32, 200, 100, 0), plain(32, 32, 100, 60, 200)));
        assertThat(sights.get(0).caption().text()).isEqualTo("red green");
        assertThat(sights.get(1).caption().text()).isEqualTo(greedy.text());
        assertThat(sights.get(1).caption().confidence()).isCloseTo(greedy.confidence(), within(1e-6));
    }

    @Test
    void twoHundredRunsLeaveNoTensorOpen() {
        List<Picture> four =
                List.of(plain(8, 8, 255, 0, 0), plain(8, 8, 0, 255, 0), plain(8, 8, 0, 0, 255), plain(8, 8, 9, 9, 9));
        captioner.look(four);
        captioner.answer(look(four.get(0)), List.of("what"));
        int open = engine.openTensors();
        for (int i = 0; i < 200; i++) {
            List<Sight> sights = captioner.look(four.subList(0, 1 + i % 4));
            captioner.answer(sights.get(0), List.of("what", "what is it").subList(0, 1 + i % 2));
            captioner.answer(sights.get(0), List.of("what"));
            assertThat(engine.openTensors()).isEqualTo(open);
        }
    }

    @Test
    void bundleWhoseManifestPromisesAnotherInputIsRefused() {
        Map<String, Graph> graphs = new HashMap<>(RuleBundle.GRAPHS);
        graphs.put(Bundle.ANSWER, RuleBundle.GRAPHS.get(Bundle.ENCODE));
        RuleBundle.write(folder.resolve("wrong"), graphs).close();
        try (BundleCaptioner wrong =
                new BundleCaptioner(BundleReader.open(folder.resolve("wrong")), new OrtEngine(1), 1)) {
            assertThatThrownBy(wrong::load)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("answer.onnx")
                    .hasMessageContaining("input `tags`: expected int64 [-1, 5], found none");
        }
    }

    @Test
    void engineAndModelAreNamed() {
        assertThat(captioner.engine()).startsWith("onnxruntime 1.").endsWith(" fp32");
        assertThat(captioner.modelDigest()).matches("[0-9a-f]{64}");
    }
}
