package dev.glimpse.pipeline;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import java.util.List;
import java.util.Optional;

/**
 * One picture and what a model said of it when it was known to be sound; looked at again and again, it tells a device that
 * computes wrongly. Used by the engine thread only.
 */
final class Canary {
    private static final String QUESTION = "what is it";
    private static final double TOLERANCE = 0.01;

    private final Picture picture;
    private final Sight sight;
    private final Answer answer;

    private Canary(Picture picture, Sight sight, Answer answer) {
        this.picture = picture;
        this.sight = sight;
        this.answer = answer;
    }

    /** Looks once, and takes what comes out for right. */
    static Canary of(Captioner captioner, Picture picture) {
        Sight sight = captioner.look(List.of(picture)).get(0);
        return new Canary(
                picture, sight, captioner.answer(sight, List.of(QUESTION)).get(0));
    }

    /** Looks again; what is different now, or empty. */
    Optional<String> wrong(Captioner captioner) {
        Sight now = captioner.look(List.of(picture)).get(0);
        Answer said = captioner.answer(now, List.of(QUESTION)).get(0);
        if (!now.caption().text().equals(sight.caption().text())) {
            return Optional.of("it said '" + sight.caption().text() + "' and says '"
                    + now.caption().text() + "'");
        }
        if (!tags(now).equals(tags(sight))) {
            return Optional.of("it saw " + tags(sight) + " and sees " + tags(now));
        }
        if (!said.text().equals(answer.text())
                || differs(said.confidence(), answer.confidence())
                || differs(now.caption().confidence(), sight.caption().confidence())) {
            return Optional.of("it answered '" + answer.text() + "' and answers '" + said.text()
                    + "', or is sure to another degree");
        }
        return Optional.empty();
    }

    private static List<String> tags(Sight sight) {
        return sight.regions().stream().map(Region::tag).toList();
    }

    /** True for NaN, too. */
    private static boolean differs(double a, double b) {
        return !(Math.abs(a - b) <= TOLERANCE);
    }
}
