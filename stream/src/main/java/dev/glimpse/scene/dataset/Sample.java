package dev.glimpse.scene.dataset;

import dev.glimpse.scene.caption.Narrator;
import dev.glimpse.scene.question.Question;
import dev.glimpse.scene.question.Quizmaster;
import dev.glimpse.scene.stage.SceneComposer;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.HeldOut;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.view.Sensor;
import dev.glimpse.scene.view.Shot;
import dev.glimpse.scene.view.Studio;
import dev.glimpse.scene.view.View;
import java.util.List;
import java.util.stream.IntStream;

/** One picture of a data set with all its truth. */
@SuppressWarnings("ArrayRecordComponent") // an encoded picture, never compared
public record Sample(byte[] jpeg, View view, List<String> captions, List<Question> questions) {
    private static final int MIN_SEEN = 2;
    private static final int MAX_SEEN = 6;
    private static final int TELLINGS = 1000; // first of the numbers that their seeds are mixed from

    /** The picture of a seed: the first of the scenes that follow from it in which enough can be seen. */
    public static Sample of(long seed, boolean compose, int width, int height) {
        for (int attempt = 0; ; attempt++) {
            Scene scene = SceneComposer.compose(Dice.mix(seed, attempt), compose);
            double seconds = new Dice(Dice.mix(scene.seed(), 11)).between(0, 6);
            Shot shot = new Studio(scene, width, height).shoot(seconds);
            if (fits(shot.view(), compose)) {
                long words = Dice.mix(scene.seed(), 22);
                return new Sample(
                        Sensor.of(scene).expose(shot.image(), Dice.mix(scene.seed(), 44)),
                        shot.view(),
                        Narrator.captions(shot.view(), words),
                        Quizmaster.questions(shot.view(), Dice.mix(words, 1)));
            }
        }
    }

    /** The picture told again, {@code times} in each voice, in other words than {@link #captions}. */
    List<String> tellings(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> Narrator.captions(view, Dice.mix(view.scene().seed(), TELLINGS + i)))
                .flatMap(List::stream)
                .toList();
    }

    private static boolean fits(View view, boolean compose) {
        int seen = view.seen().size();
        boolean novel = view.seen().stream()
                .limit(2)
                .anyMatch(s -> HeldOut.contains(s.thing().category(), s.thing().colour()));
        return seen >= MIN_SEEN && seen <= MAX_SEEN && (!compose || novel);
    }
}
