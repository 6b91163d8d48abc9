package dev.glimpse.kafka;

/** Says when reading pauses: at the high-water mark of records or bytes, until both are down to half of it. */
final class Brake {
    private final int records;
    private final long bytes;
    private boolean on;

    Brake(int records, long bytes) {
        this.records = records;
        this.bytes = bytes;
    }

    /** True while reading has to pause, given what waits now. */
    boolean on(int waitingRecords, long waitingBytes) {
        if (waitingRecords >= records || waitingBytes >= bytes) {
            on = true;
        } else if (waitingRecords <= records / 2 && waitingBytes <= bytes / 2) {
            on = false;
        }
        return on;
    }
}
