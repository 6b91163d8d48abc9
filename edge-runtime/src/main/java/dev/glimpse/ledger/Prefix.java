package dev.glimpse.ledger;

import java.util.List;

/**
 * The finished beginning of one partition: what may be sent and committed together.
 *
 * @param partition whose
 * @param next offset to commit: one past the last finished record
 * @param outcomes outcomes in the order of their offsets, at least one
 */
public record Prefix<O>(Partition partition, long next, List<O> outcomes) {
    public Prefix {
        outcomes = List.copyOf(outcomes);
    }
}
