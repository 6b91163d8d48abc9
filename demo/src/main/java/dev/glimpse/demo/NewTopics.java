package dev.glimpse.demo;

import dev.glimpse.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Makes the topics on a new cluster. */
public final class NewTopics {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private NewTopics() {}

    /**
     * Creates every topic and returns when the leader of every partition answers. An idempotent producer that writes earlier
     * can be stuck: its first batch refused by a leader that is not one yet, its second taken, since a new log takes any
     * sequence number, and the first then out of order for ever.
     *
     * @param bootstrap addresses of the cluster
     * @param partitions of each topic
     * @param copies of each partition
     * @throws ExecutionException when the cluster refuses, or no leader answers within a minute
     */
    public static void create(String bootstrap, Topics topics, int partitions, int copies)
            throws InterruptedException, ExecutionException {
        List<NewTopic> all = new ArrayList<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String name : topics.all()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) copies));
            all.add(
                    name.equals(topics.standingQuestions())
                            ? topic.configs(Map.of("cleanup.policy", "compact"))
                            : topic);
            for (int i = 0; i < partitions; i++) {
                ends.put(new TopicPartition(name, i), OffsetSpec.latest());
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(all).all().get();
            awaitLeaders(admin, ends);
        }
    }

    /** Asks the leaders themselves, again while a node knows neither topic nor leader. */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
