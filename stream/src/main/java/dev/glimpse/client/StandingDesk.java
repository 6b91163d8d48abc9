package dev.glimpse.client;

import dev.glimpse.error.UserError;
import dev.glimpse.wire.StandingQuestion;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where standing questions are put, looked up and ended: the compacted topic of a broker. */
record StandingDesk(BrokerOptions broker) {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    void ask(StandingQuestion question) throws InterruptedException {
        send(broker, question.toRecord(broker.topics()));
    }

    /** @throws UserError when there is no such question */
    void cancel(StandingQuestion.Key key) throws InterruptedException {
        List<StandingQuestion> asked = list(key.camera());
        if (asked.stream().noneMatch(question -> question.key().equals(key))) {
            throw new UserError("a standing question " + key + " is expected, found "
                    + (asked.isEmpty()
                            ? "none of this camera"
                            : asked.stream().map(StandingQuestion::key).toList()));
        }
        send(broker, key.tombstone(broker.topics()));
    }

    /** The standing questions of a camera, or of all when it is empty, by key. */
    List<StandingQuestion> list(String camera) {
        Map<String, StandingQuestion> questions = new TreeMap<>();
        String topic = broker.topics().standingQuestions();
        try (Consumer<byte[], byte[]> consumer = broker.clients().consumerAtStart(List.of(topic))) {
            Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (end.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                if (System.nanoTime() > patience) {
                    throw new UserError("topic " + topic + " is expected to be read within " + PATIENCE.toSeconds()
                            + " s, found more to read; try again");
                }
                consumer.poll(POLL).forEach(record -> take(record, questions));
            }
        }
        return questions.values().stream()
                .filter(question -> camera.isEmpty() || question.key().camera().equals(camera))
                .toList();
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, StandingQuestion> questions) {
        try {
            String key = StandingQuestion.key(record).toString();
            Optional<StandingQuestion> question = StandingQuestion.fromRecord(record);
            question.ifPresentOrElse(asked -> questions.put(key, asked), () -> questions.remove(key));
        } catch (WireException e) {
            System.err.println(Terminal.safe("glimpse: a record that is no standing question: " + e.getMessage()));
        }
    }

    /** Sends one record and waits until the broker has it. */
    static void send(BrokerOptions broker, ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try (Producer<byte[], byte[]> producer = broker.clients().producer()) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new UserError(
                    "the broker did not take the question (" + KafkaClients.innermost(e) + "); does topic "
                            + record.topic() + " exist?",
                    e);
        }
    }
}
