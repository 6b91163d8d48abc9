package dev.glimpse.kafka;

import dev.glimpse.error.UserError;
import dev.glimpse.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of the cluster before anything starts: does it answer, are the topics there, may this worker use them, are
 * its transactions safe.
 */
final class Preflight {
    private static final Logger log = LoggerFactory.getLogger(Preflight.class);
    private static final long SECONDS = 8;
    private static final short SAFE_TRANSACTIONS = 2;

    private final KafkaSettings settings;

    Preflight(KafkaSettings settings) {
        this.settings = settings;
    }

    /** @throws UserError when the worker cannot start, with what to do */
    void check() throws InterruptedException {
        try (Admin admin = Admin.create(ClientProperties.admin(settings))) {
            requireTopics(answer(admin.listTopics().names()));
            requireRights(new Rights(settings).missing(admin, SECONDS));
            if (settings.delivery() == KafkaSettings.Delivery.EXACTLY_ONCE) {
                checkTransactions(
                        answer(admin.describeFeatures().featureMetadata()).finalizedFeatures());
            }
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw unreachable(e);
        }
    }

    private void requireTopics(Set<String> found) {
        Topics topics = settings.topics();
        Set<String> missing = new TreeSet<>(topics.all());
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            throw new UserError("broker " + settings.bootstrap() + " has no topic " + String.join(", ", missing)
                    + "; create each of them: kafka-topics.sh --bootstrap-server " + settings.bootstrap()
                    + " --create --partitions 4 --topic " + missing.iterator().next()
                    + (missing.contains(topics.standingQuestions())
                            ? "; " + topics.standingQuestions() + " with --config cleanup.policy=compact"
                            : "")
                    + ". Topics that this worker has no right to see count as missing, too: grant it "
                    + String.join(", ", new Rights(settings).onTopics(missing)));
        }
    }

    private void requireRights(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new UserError("broker " + settings.bootstrap() + " does not let this worker do its work; grant it "
                    + String.join(", ", missing) + ": kafka-acls.sh --bootstrap-server " + settings.bootstrap()
                    + " --add --allow-principal User:NAME --operation OPERATION, with --topic, --group or"
                    + " --transactional-id");
        }
    }

    private static void checkTransactions(Map<String, FinalizedVersionRange> features) {
        FinalizedVersionRange version = features.get("transaction.version");
        if (version == null || version.maxVersionLevel() < SAFE_TRANSACTIONS) {
            log.warn(
                    "The cluster's transaction.version is {}: below {} a late write of a dead worker can slip into a"
                            + " later transaction. Raise it: kafka-features.sh upgrade --feature transaction.version={}",
                    version == null ? 0 : version.maxVersionLevel(),
                    SAFE_TRANSACTIONS,
                    SAFE_TRANSACTIONS);
        }
    }

    private <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(e);
        }
    }

    private UserError unreachable(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (Faults.of(cause) == Faults.Fault.FATAL) {
            return new UserError(
                    "broker " + settings.bootstrap() + " refuses this worker: " + Faults.story(cause)
                            + "; mend kafka.bootstrap or kafka.security",
                    cause);
        }
        return new UserError(
                "no Kafka broker answers at " + settings.bootstrap() + " within " + SECONDS
                        + " s; start one, or mend kafka.bootstrap",
                cause);
    }
}
