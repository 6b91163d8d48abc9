package dev.glimpse.fault.site;

import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.nio.file.Path;

/**
 * What one worker of the suite is told; everything else is the same for all.
 *
 * @param bootstrap brokers
 * @param group consumer group
 * @param slot its number in the group
 * @param locks directory of the slot's lock
 * @param prefix of the topics' names
 * @param protocol group protocol
 * @param microsPerPicture how long its stub looks at a picture
 * @param budgetMillis deadline of a frame
 * @param mailbox frames that may wait per camera
 * @param digest of its stub model; a worker that names another one is stale
 * @param bundle a bundle to run instead of the stub, or empty
 */
public record WorkerSettings(
        String bootstrap,
        String group,
        int slot,
        Path locks,
        String prefix,
        Protocol protocol,
        long microsPerPicture,
        int budgetMillis,
        int mailbox,
        String digest,
        String bundle) {
    /** A patient worker with a quick stub. */
    public static WorkerSettings patient(String bootstrap, String name, Path locks) {
        return new WorkerSettings(
                bootstrap,
                name,
                0,
                locks,
                name + ".",
                Protocol.CLASSIC,
                1000,
                120_000,
                64,
                HashingCaptioner.DIGEST,
                "");
    }

    public WorkerSettings inSlot(int other) {
        return new WorkerSettings(
                bootstrap,
                group,
                other,
                locks,
                prefix,
                protocol,
                microsPerPicture,
                budgetMillis,
                mailbox,
                digest,
                bundle);
    }

    /** On the topics with the usual names. */
    public WorkerSettings withoutPrefix() {
        return new WorkerSettings(
                bootstrap, group, slot, locks, "", protocol, microsPerPicture, budgetMillis, mailbox, digest, bundle);
    }

    public WorkerSettings lockedIn(Path other) {
        return new WorkerSettings(
                bootstrap,
                group,
                slot,
                other,
                prefix,
                protocol,
                microsPerPicture,
                budgetMillis,
                mailbox,
                digest,
                bundle);
    }

    public WorkerSettings with(Protocol other) {
        return new WorkerSettings(
                bootstrap, group, slot, locks, prefix, other, microsPerPicture, budgetMillis, mailbox, digest, bundle);
    }

    /**
     * A worker with little time.
     *
     * @param micros see {@link #microsPerPicture}
     */
    public WorkerSettings hurried(long micros, int budget, int box) {
        return new WorkerSettings(bootstrap, group, slot, locks, prefix, protocol, micros, budget, box, digest, bundle);
    }

    /** A real bundle instead of the stub. */
    public WorkerSettings running(Path itsBundle, String itsDigest) {
        return new WorkerSettings(
                bootstrap,
                group,
                slot,
                locks,
                prefix,
                protocol,
                microsPerPicture,
                budgetMillis,
                mailbox,
                itsDigest,
                itsBundle.toString());
    }
}
