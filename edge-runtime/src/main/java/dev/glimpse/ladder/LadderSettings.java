package dev.glimpse.ladder;

import static dev.glimpse.error.UserError.require;

/**
 * When the runtime steps down under load, and when up again.
 *
 * @param lowest the lowest level it may step down to, 0 to 5; 0 never steps down
 * @param everyNth of so many frames one is captioned, then looked at; of so many cameras one has its turn
 * @param turnMillis how long a camera's turn lasts
 * @param overloadPercent steps down when so many of a hundred frames are superseded, expired or find no room ...
 * @param downMillis ... for so long
 * @param busyPercent steps up when none are and the engine is busy for at most so many of a hundred milliseconds ...
 * @param upMillis ... for so long
 */
public record LadderSettings(
        int lowest, int everyNth, int turnMillis, int overloadPercent, int downMillis, int busyPercent, int upMillis) {
    public LadderSettings {
        require(
                lowest >= 0 && lowest < Level.values().length,
                "lowest must be 0 to %d, was %d",
                Level.values().length - 1,
                lowest);
        require(everyNth >= 2 && everyNth <= 100, "everyNth must be 2 to 100, was %d", everyNth);
        require(turnMillis >= 100, "turnMillis must be at least 100, was %d", turnMillis);
        require(
                overloadPercent >= 1 && overloadPercent <= 100,
                "overloadPercent must be 1 to 100, was %d",
                overloadPercent);
        require(downMillis >= 100, "downMillis must be at least 100, was %d", downMillis);
        require(busyPercent >= 1 && busyPercent <= 99, "busyPercent must be 1 to 99, was %d", busyPercent);
        require(upMillis >= downMillis, "upMillis must be at least downMillis (%d), was %d", downMillis, upMillis);
    }
}
