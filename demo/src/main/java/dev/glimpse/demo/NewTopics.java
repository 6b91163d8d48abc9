package dev.glimpse.demo;

import dev.glimpse.wire.Topics;
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

/** Makes the topics on a new cluster. */
public final class NewTopics {
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
            admin.listOffsets(ends).all().get(); // leaders are asked again until they answer
        }
    }
}
