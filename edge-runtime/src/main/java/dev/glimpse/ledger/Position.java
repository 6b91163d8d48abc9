package dev.glimpse.ledger;

/** Where one record stands. */
public record Position(Partition partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
