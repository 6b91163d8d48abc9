package dev.glimpse.rollout;

import java.util.Locale;

/**
 * What a shadow run found.
 *
 * @param frames frames that both models looked at
 * @param failures frames that the candidate failed on
 * @param same frames of which both said the same, word for word
 * @param agreement mean agreement, 0 to 1
 * @param millis median time of the candidate per frame
 * @param servingMillis median time of the model at work per frame, with its batch
 */
public record ShadowReport(int frames, int failures, int same, double agreement, double millis, double servingMillis) {
    /** Why the candidate may not take over; empty when it may. */
    String objection(RolloutSettings settings) {
        if (failures > 0) {
            return "it failed on " + failures + " frames";
        }
        if (agreement < settings.agreement()) {
            return String.format(Locale.ROOT, "it agrees to %.2f, wanted is %.2f", agreement, settings.agreement());
        }
        if (millis > settings.slowdown() * servingMillis) {
            return String.format(
                    Locale.ROOT,
                    "it takes %.1f ms a frame, the one at work %.1f ms, allowed is %.1f times as long",
                    millis,
                    servingMillis,
                    settings.slowdown());
        }
        return "";
    }

    /** One line for people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%d frames: agreement %.2f, %d word for word, %d failures, %.1f ms against %.1f ms a frame",
                frames,
                agreement,
                same,
                failures,
                millis,
                servingMillis);
    }
}
