package dev.glimpse.kafka;

/**
 * Says when reading pauses: at the high-water mark of records or bytes, until both are down to half of it.
 *
 * <p>Each skip that waits for its commit counts an eighth of a record. Cameras that send ten times what the model can look at have most of
 * their frames skipped at once; were these to stop the reading, the frames behind them would grow old unread, and more so in
 * some partitions than in others.
 */
final class Brake {
    private static final int SKIPS_PER_RECORD = 8;

    private final int records;
    private final long bytes;
    private boolean on;

    Brake(int records, long bytes) {
        this.records = records;
        this.bytes = bytes;
    }

    /**
     * True while reading has to pause, given what waits now.
     *
     * @param heavy records that are worked on, or whose outcome is no skip
     * @param all records
     * @param waitingBytes encoded pictures
     */
    boolean on(int heavy, int all, long waitingBytes) {
        int waiting = heavy + (all - heavy) / SKIPS_PER_RECORD;
        if (waiting >= records || waitingBytes >= bytes) {
            on = true;
        } else if (waiting <= records / 2 && waitingBytes <= bytes / 2) {
            on = false;
        }
        return on;
    }
}
