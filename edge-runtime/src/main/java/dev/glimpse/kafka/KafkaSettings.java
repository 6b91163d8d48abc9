package dev.glimpse.kafka;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.client.SecuritySettings;
import dev.glimpse.config.FromEnvironment;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the Kafka side.
 *
 * @param bootstrap brokers to ask first, {@code HOST:PORT}, several by comma
 * @param group consumer group; all workers of one installation share it
 * @param slot number of this worker in the group, stable over restarts: {@code group.instance.id} under the classic
 *     protocol is {@code edge-<slot>}, which the group scopes; {@code transactional.id}, which the whole cluster shares, is
 *     {@code <group>-edge-<slot>}
 * @param lockDirectory where the file lies that guards the slot on this machine
 * @param topics names of the topics
 * @param delivery exactly once, or at least once without transactions
 * @param protocol group protocol
 * @param start where reading starts in a partition of which nothing was ever committed
 * @param maxFrameKilobytes larger records are rejected unread, in KiB
 * @param inFlight records delivered and not committed at which reading pauses, a skip counting an eighth; it resumes at half
 * @param inFlightKilobytes encoded bytes waiting at which reading pauses, in KiB; it resumes at half
 * @param security how to reach a guarded cluster, see {@link SecuritySettings}
 */
public record KafkaSettings(
        @FromEnvironment String bootstrap,
        String group,
        @FromEnvironment int slot,
        Path lockDirectory,
        Topics topics,
        Delivery delivery,
        Protocol protocol,
        Start start,
        int maxFrameKilobytes,
        int inFlight,
        int inFlightKilobytes,
        @FromEnvironment Map<String, String> security) {
    /** How often an outcome is written at least and at most. */
    public enum Delivery {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /** Who assigns partitions: the members, cooperatively, or the broker. */
    public enum Protocol {
        CLASSIC,
        CONSUMER
    }

    /** Where a new group begins. */
    public enum Start {
        EARLIEST,
        LATEST
    }

    public KafkaSettings {
        security = new SecuritySettings("security", security).values();
        require(bootstrap.contains(":"), "bootstrap is HOST:PORT, found '%s'", bootstrap);
        require(!group.isBlank(), "group must not be empty");
        require(slot >= 0, "slot must be 0 or more, was %d", slot);
        require(maxFrameKilobytes >= 1, "maxFrameKilobytes must be at least 1, was %d", maxFrameKilobytes);
        require(inFlight >= 16, "inFlight must be at least 16, was %d", inFlight);
        require(inFlightKilobytes >= 1024, "inFlightKilobytes must be at least 1024, was %d", inFlightKilobytes);
    }

    /** Name of this worker in its group. */
    public String worker() {
        return "edge-" + slot;
    }

    /** Name of this worker beside those of other groups: that of its transactions, and of what it keeps on this machine. */
    public String transactionalId() {
        return group + "-" + worker();
    }

    /** Leaves out {@link #security}, which holds secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=" + bootstrap + ", group=" + group + ", slot=" + slot + "]";
    }
}
