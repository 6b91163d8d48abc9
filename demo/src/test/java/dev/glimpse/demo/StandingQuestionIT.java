package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.client.AskCommand;
import dev.glimpse.client.KafkaClients;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.ControlEvent;
import dev.glimpse.wire.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A question asked of every frame, by its command and with a real broker. */
@Timeout(120)
class StandingQuestionIT {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path work;

    @Test
    void everyFrameFromTheAnnouncedOneOnHasExactlyOneAnswerAlsoAfterARestart() throws Exception {
        try (World world = World.start(work);
                var answers = new KafkaClients(world.broker.bootstrap())
                        .consumerAtStart(List.of(Worker.TOPICS.answers(), Worker.TOPICS.control()))) {
            var first = world.runtime(0);
            world.wire.send("gate", Wire.jpeg(0));
            world.wire.awaitOutcomes(1, SOON);
            assertThat(ask(world, "what is it?", "--camera", "gate", "--standing", "thing")
                            .output())
                    .contains("gate/thing is asked of every frame");
            assertThat(ask(world, "--list").output()).contains("gate/thing  what is it?");
            Thread.sleep(1000);
            List<Position> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(world.wire.send("gate", Wire.jpeg(i)));
                world.wire.send("lobby", Wire.jpeg(i));
                if (i == 10) {
                    first.close();
                    world.runtime(0);
                }
            }
            world.wire.awaitOutcomes(41, SOON);

            List<Position> answered = new ArrayList<>();
            List<String> news = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                for (ConsumerRecord<byte[], byte[]> record : answers.poll(POLL)) {
                    if (record.topic().equals(Worker.TOPICS.control())) {
                        news.add(ControlEvent.fromRecord(record).message());
                    } else {
                        AnswerEvent answer = AnswerEvent.fromRecord(record);
                        assertThat(answer.standing()).hasValue("thing");
                        assertThat(answer.answer().orElseThrow()).startsWith("hash ");
                        answered.add(answer.input());
                    }
                }
            }
            assertThat(answered).containsExactlyElementsOf(sent);
            assertThat(news.get(0)).isEqualTo("standing question gate/thing is asked from " + sent.get(0) + " on");
            assertThat(ask(world, "--cancel", "thing", "--camera", "gate").code())
                    .isZero();
            assertThat(ask(world, "--cancel", "thing", "--camera", "gate").errors())
                    .contains("found none of this camera");
        }
    }

    private static Ran ask(World world, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", world.broker.bootstrap()));
        return Ran.command(new AskCommand(), all.toArray(String[]::new));
    }
}
