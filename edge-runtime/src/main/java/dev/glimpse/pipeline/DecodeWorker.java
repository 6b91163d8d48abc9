package dev.glimpse.pipeline;

import dev.glimpse.ladder.Ladder;
import dev.glimpse.picture.PictureException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes waiting frames in turn and hands their pixels to the engine; several run at once. */
record DecodeWorker(
        Mailboxes mailboxes,
        Decoder decoder,
        Batcher batcher,
        Ladder ladder,
        InstantSource clock,
        Stopwatch stopwatch,
        Consumer<Finished> completions) {

    /** Runs on a decode thread until the mailboxes are closed and empty. */
    void work() throws InterruptedException {
        for (Optional<Frame> frame = mailboxes.take(); frame.isPresent(); frame = mailboxes.take()) {
            decode(frame.get());
        }
    }

    private void decode(Frame frame) throws InterruptedException {
        long started = System.nanoTime();
        stopwatch.took(Stage.WAIT, started - frame.receivedNanos());
        if (frame.expired(clock.instant())) {
            ladder.lost();
            completions.accept(new Finished(frame, new Outcome.Skipped(SkipReason.EXPIRED, ladder.level())));
            return;
        }
        Decoded decoded;
        try {
            decoded = new Decoded(frame, decoder.decode(frame.encoded()), started, System.nanoTime());
        } catch (PictureException e) {
            String what = e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            finishUnreadable(frame, what + ": " + e.getMessage());
            return;
        }
        stopwatch.took(Stage.DECODE, decoded.decodedNanos() - started);
        batcher.put(decoded);
    }

    private void finishUnreadable(Frame frame, String message) {
        completions.accept(new Finished(frame, new Outcome.Rejected(Outcome.Cause.PICTURE_INVALID, message)));
    }
}
