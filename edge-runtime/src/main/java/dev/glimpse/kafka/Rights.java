package dev.glimpse.kafka;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.glimpse.wire.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/** What a worker must be allowed to do on the cluster, and what of it is missing. A cluster without an authorizer allows all. */
record Rights(KafkaSettings settings) {
    private static final long PATIENCE_SECONDS = 3;

    /** The one operation that a worker needs on each topic. */
    private Map<String, AclOperation> ofTopics() {
        Topics topics = settings.topics();
        Map<String, AclOperation> needed = new TreeMap<>();
        topics.all().forEach(topic -> needed.put(topic, WRITE));
        List.of(topics.frames(), topics.questions(), topics.standingQuestions())
                .forEach(topic -> needed.put(topic, READ));
        return needed;
    }

    /** The rights on these topics in words, such as {@code Write on topic captions}. */
    List<String> onTopics(Collection<String> topics) {
        return ofTopics().entrySet().stream()
                .filter(right -> topics.contains(right.getKey()))
                .map(right -> word(right.getValue()) + " on topic " + right.getKey())
                .toList();
    }

    /**
     * The rights that the broker does not give, in words; the topics must exist.
     *
     * @param seconds how long each answer may take
     * @throws ExecutionException when the broker does not tell about its topics
     */
    List<String> missing(Admin admin, long seconds) throws InterruptedException, ExecutionException, TimeoutException {
        KafkaFuture<?> group = admin.listConsumerGroupOffsets(settings.group()).partitionsToOffsetAndMetadata();
        String id = settings.transactionalId();
        KafkaFuture<?> transactions = admin.describeTransactions(List.of(id)).description(id);
        List<String> missing = new ArrayList<>(onTopics(refusedTopics(admin, seconds)));
        if (refused(group)) {
            missing.add("Read on group " + settings.group());
        }
        if (settings.delivery() == KafkaSettings.Delivery.EXACTLY_ONCE && refused(transactions)) {
            missing.add("Write on transactional id " + id);
        }
        return missing;
    }

    private List<String> refusedTopics(Admin admin, long seconds)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, AclOperation> needed = ofTopics();
        return admin
                .describeTopics(needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get(seconds, TimeUnit.SECONDS)
                .values()
                .stream()
                .filter(topic -> !topic.authorizedOperations().contains(needed.get(topic.name())))
                .map(TopicDescription::name)
                .toList();
    }

    /** Only a refusal counts: that a name is not known yet, or its coordinator not there yet, is no fault. */
    private static boolean refused(KafkaFuture<?> answer) throws InterruptedException {
        try {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException;
        }
    }

    private static String word(AclOperation operation) {
        return operation == READ ? "Read" : "Write";
    }
}
