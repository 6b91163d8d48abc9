package dev.glimpse.streaming;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.pipeline.Limits;

/**
 * How much is measured.
 *
 * @param seconds of each measured run
 * @param rounds how often each kind of run has its turn
 * @param batch pictures that the engine looks at together at most
 */
record StreamSettings(double seconds, int rounds, int batch) {
    private static final int HOUR_MILLIS = 3_600_000;

    StreamSettings {
        require(seconds > 0 && seconds <= 600, "--seconds: expected above 0 and up to 600, found %s", seconds);
        require(rounds >= 1 && rounds <= 1000, "--rounds: expected 1 to 1000, found %d", rounds);
        require(batch >= 1 && batch <= 64, "--batch: expected 1 to 64, found %d", batch);
    }

    /** Room and time enough that no frame is skipped: whatever the loop reads waits for its caption. */
    Limits limits() {
        return new Limits(512, batch, 1, 65_536, 65_536, 65_536, HOUR_MILLIS, HOUR_MILLIS, 64);
    }

    /** A ladder that nobody steps down. */
    static LadderSettings ladder() {
        return new LadderSettings(0, 3, 1000, 10, 2000, 60, 10_000);
    }
}
