package dev.glimpse.fault.scenario;

import dev.glimpse.client.KafkaClients;
import dev.glimpse.fault.hostile.BadRecords;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Frames and questions that keep to no contract, between good ones: one rejection each, never a loop. */
public record PoisonRecords() implements Scenario {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    @Override
    public String name() {
        return "poison-records";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int rounds = grounds.size().of(2, 200);
        try (Play play = Play.on(grounds, grounds.one(), name(), PARTITIONS);
                Producer<byte[], byte[]> producer =
                        new KafkaClients(play.cluster().direct()).producer()) {
            play.crew().start(1);
            Feed feed = play.feed(Feed.Plan.of(4, 100, 200L * rounds));
            List<ProducerRecord<byte[], byte[]>> questions =
                    BadRecords.questions(play.topics().questions());
            for (int i = 0; i < rounds; i++) {
                for (var frame : BadRecords.frames(play.topics().frames())) {
                    play.more(send(producer, frame));
                }
                play.more(send(producer, BadRecords.decorated(play.topics().frames())));
                for (var question : questions) {
                    send(producer, question);
                }
                play.fault();
            }
            feed.await();
            Finding finding = play.settle(PATIENCE);
            questionsRejected(play, (long) rounds * questions.size());
            return play.again(finding);
        }
    }

    private static int send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
            throws InterruptedException, ExecutionException {
        producer.send(record).get();
        return 1;
    }

    /** After the crew has ended everything is there: reads what was rejected of the questions. */
    private static void questionsRejected(Play play, long expected) throws WireException {
        Map<Object, Integer> rejections = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(play.cluster().direct())
                .consumerAtStart(List.of(play.topics().rejected()))) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    var input = RejectedEvent.fromRecord(record).input();
                    if (input.topic().equals(play.topics().questions())) {
                        rejections.merge(input, 1, Integer::sum);
                    }
                }
            }
        }
        play.figure("questionsRejected", rejections.size());
        boolean each = rejections.values().stream().allMatch(times -> times == 1);
        if (rejections.size() != expected || !each) {
            play.problem(expected + " bad questions were sent, " + rejections.size() + " were rejected"
                    + (each ? "" : ", some more than once"));
        }
    }
}
