package dev.glimpse.pipeline;

import static dev.glimpse.error.UserError.require;

import java.time.Duration;
import java.time.Instant;

/**
 * Settings of the pipeline: how much may wait, for how long, and how much is worked on together.
 *
 * @param mailbox frames that may wait per camera. While the engine keeps up this only evens out hiccups and nothing is
 *     superseded; under overload the oldest goes first, and a caption is late by at most this many frames per camera
 * @param batch pictures the engine looks at together at most; it never waits for a batch to fill
 * @param decoders decode workers
 * @param cameraKilobytes encoded bytes that may wait per camera, in KiB
 * @param totalKilobytes encoded bytes that may wait for all cameras together, in KiB
 * @param decodedKilobytes decoded pixels that may wait for the engine, in KiB; a larger picture passes alone
 * @param budgetMillis deadline of a frame without one, from its capture on; also the latest deadline, from its arrival on
 * @param maxAgeMillis capture times further back than this are taken for this far back
 * @param questions questions that may wait; more are answered {@code overload}
 */
public record Limits(
        int mailbox,
        int batch,
        int decoders,
        int cameraKilobytes,
        int totalKilobytes,
        int decodedKilobytes,
        int budgetMillis,
        int maxAgeMillis,
        int questions) {
    public Limits {
        require(mailbox >= 1, "mailbox must be at least 1, was %d", mailbox);
        require(batch >= 1 && batch <= 64, "batch must be 1 to 64, was %d", batch);
        require(decoders >= 1 && decoders <= 64, "decoders must be 1 to 64, was %d", decoders);
        require(cameraKilobytes >= 64, "cameraKilobytes must be at least 64, was %d", cameraKilobytes);
        require(
                totalKilobytes >= cameraKilobytes,
                "totalKilobytes must be at least cameraKilobytes (%d), was %d",
                cameraKilobytes,
                totalKilobytes);
        require(decodedKilobytes >= 1024, "decodedKilobytes must be at least 1024, was %d", decodedKilobytes);
        require(budgetMillis >= 10, "budgetMillis must be at least 10, was %d", budgetMillis);
        require(
                maxAgeMillis >= budgetMillis,
                "maxAgeMillis must be at least budgetMillis (%d), was %d",
                budgetMillis,
                maxAgeMillis);
        require(questions >= 1, "questions must be at least 1, was %d", questions);
    }

    /** A capture time that no wrong clock can push out of [now - max age, now]. */
    public Instant captured(Instant claimed, Instant now) {
        Instant oldest = now.minusMillis(maxAgeMillis);
        return claimed.isAfter(now) ? now : claimed.isBefore(oldest) ? oldest : claimed;
    }

    /** The moment after which nobody wants a frame: capture plus budget. */
    public Instant deadline(Instant captured) {
        return captured.plusMillis(budgetMillis);
    }

    /** A deadline that the sender named, in [now - max age, now + budget]. */
    public Instant deadline(Instant named, Instant now) {
        Instant latest = now.plusMillis(budgetMillis);
        Instant oldest = now.minusMillis(maxAgeMillis);
        return named.isAfter(latest) ? latest : named.isBefore(oldest) ? oldest : named;
    }

    Duration budget() {
        return Duration.ofMillis(budgetMillis);
    }
}
