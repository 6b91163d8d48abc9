package dev.glimpse.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.account.Tally;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.error.UserError;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.wire.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runtime with a real broker and a stub model: exactly one outcome per frame, whatever happens in between. */
@Timeout(120)
class RuntimeIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path work;

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void everyFrameGetsItsOwnCaptionInTheOrderOfItsCamera(Delivery delivery) throws Exception {
        try (World world = World.start(work)) {
            EdgeRuntime runtime = world.runtime(0, Protocol.CLASSIC, delivery, World.PATIENT);
            List<Position> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add(world.wire.send("camera-" + i % 5, Wire.jpeg(i)));
            }
            world.wire.awaitOutcomes(200, SOON);

            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            for (int i = 0; i < 200; i++) {
                assertThat(world.wire.captions.get(sent.get(i)))
                        .extracting(event -> event.camera() + " " + event.caption())
                        .isEqualTo("camera-" + i % 5 + " "
                                + HashingCaptioner.caption(PictureDecoder.decode(Wire.jpeg(i))));
            }
            assertThat(world.wire.captioned.values())
                    .allSatisfy(offsets -> assertThat(offsets).isSorted());
            Tally tally = runtime.account().total();
            assertThat(tally.captions()).isEqualTo(200);
            assertThat(tally.inFlight()).isZero();
            assertThat(tally.unaccounted()).isZero();
        }
    }

    @Test
    void badRecordsAreRejectedEachOnceAndNothingElseSuffers() throws Exception {
        try (World world = World.start(work)) {
            EdgeRuntime runtime = world.runtime(0);
            String frames = Worker.TOPICS.frames();
            byte[] jpeg = Wire.jpeg(1);
            byte[] cut = java.util.Arrays.copyOf(jpeg, jpeg.length / 2);
            byte[] key = "a".getBytes(UTF_8);
            byte[] notUtf8 = {(byte) 0xC3, 0x28};
            Position text = world.wire.send("a", "this is no picture".getBytes(UTF_8));
            Position empty = world.wire.send("a", new byte[0]);
            Position truncated = world.wire.send("a", cut);
            Position large = world.wire.send("a", new byte[1024 * 1024 + 1]);
            Position tombstone = world.wire.send(new ProducerRecord<>(frames, 0, key, null));
            Position keyless = world.wire.send(new ProducerRecord<>(frames, 0, null, jpeg));
            Position badKey = world.wire.send(new ProducerRecord<>(frames, 0, notUtf8, jpeg));
            Position good = world.wire.send("a", jpeg);
            world.wire.awaitOutcomes(8, SOON);

            assertThat(world.wire.outcome(text)).isEqualTo("picture-invalid");
            assertThat(world.wire.outcome(empty)).isEqualTo("value-empty");
            assertThat(world.wire.outcome(truncated)).isEqualTo("picture-invalid");
            assertThat(world.wire.outcome(large)).isEqualTo("value-too-large");
            assertThat(world.wire.outcome(tombstone)).isEqualTo("value-empty");
            assertThat(world.wire.outcome(keyless)).isEqualTo("key-missing");
            assertThat(world.wire.outcome(badKey)).isEqualTo("key-invalid");
            assertThat(world.wire.outcome(good)).isEqualTo("caption");
            assertThat(runtime.account().total().rejectedInAll()).isEqualTo(7);
            assertThat(runtime.account().total().unaccounted()).isZero();
        }
    }

    @Test
    void overloadSkipsAndAccountsForEveryFrame() throws Exception {
        try (World world = World.start(work)) {
            EdgeRuntime runtime = world.runtime(0, Protocol.CLASSIC, Delivery.EXACTLY_ONCE, 100);
            List<Position> sent = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                sent.add(world.wire.send("camera-" + i % 3, Wire.jpeg(i % 20)));
            }
            world.wire.awaitOutcomes(600, SOON);
            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            assertThat(runtime.account().total().unaccounted()).isZero();
        }
    }

    @Test
    void fencedProducerIsReplacedAndNothingIsLostOrDoubled() throws Exception {
        try (World world = World.start(work);
                Admin admin = Admin.create(Map.of("bootstrap.servers", world.broker.bootstrap()))) {
            EdgeRuntime runtime = world.runtime(0);
            List<Position> sent = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                sent.add(world.wire.send("camera-" + i % 5, Wire.jpeg(i % 20)));
                if (i % 50 == 25) {
                    admin.fenceProducers(List.of("glimpse-edge-0")).all().get();
                }
            }
            world.wire.awaitOutcomes(400, SOON);
            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            assertThat(world.wire.captioned.values())
                    .allSatisfy(offsets -> assertThat(offsets).isSorted());
            assertThat(runtime.account().total().captions()).isEqualTo(400);
            assertThat(runtime.account().total().unaccounted()).isZero();
        }
    }

    @Test
    void restartGoesOnWhereTheLastCommitEnded() throws Exception {
        try (World world = World.start(work)) {
            List<Position> sent = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                EdgeRuntime runtime = world.runtime(0);
                for (int i = 0; i < 100; i++) {
                    sent.add(world.wire.send("camera-" + i % 5, Wire.jpeg(i % 20)));
                }
                long started = System.nanoTime();
                runtime.close();
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
            }
            world.runtime(0);
            world.wire.awaitOutcomes(300, SOON);
            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            assertThat(world.wire.captioned.values())
                    .allSatisfy(offsets -> assertThat(offsets).isSorted());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void partitionsMoveBetweenWorkersWithoutLossOrDouble(Protocol protocol) throws Exception {
        try (World world = World.start(work)) {
            EdgeRuntime first = world.runtime(0, protocol);
            List<Position> sent = new ArrayList<>();
            send(world, sent, 200);
            EdgeRuntime second = world.runtime(1, protocol);
            while (second.account().total().captions() == 0 && sent.size() < 5000) {
                send(world, sent, 20);
                Thread.sleep(50);
            }
            world.wire.awaitOutcomes(sent.size(), SOON);
            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            assertThat(world.wire.captioned.values())
                    .allSatisfy(offsets -> assertThat(offsets).isSorted());
            assertThat(second.account().total().captions())
                    .as("the second took its part")
                    .isPositive();
            assertThat(first.account().total().unaccounted()).isZero();
            assertThat(second.account().total().unaccounted()).isZero();
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingStarts() throws Exception {
        try (Broker broker = Broker.start();
                EdgeRuntime runtime = Worker.of(broker.bootstrap(), work, 0, 1000, Protocol.CLASSIC)) {
            BrokerLog.to(work.resolve("broker.log"));
            assertThatThrownBy(runtime::start)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("has no topic answers, captions, control, frames")
                    .hasMessageContaining("--create");
        }
    }

    @Test
    void slotIsTakenOncePerGroupAndGroupsDoNotDisturbEachOther() throws Exception {
        try (World world = World.start(work);
                Admin admin = Admin.create(Map.of("bootstrap.servers", world.broker.bootstrap()))) {
            world.runtime(0);
            EdgeRuntime second = Worker.of(world.broker.bootstrap(), work, 0, 1000, Protocol.CLASSIC);
            assertThatThrownBy(second::start)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("edge-0 of group glimpse is taken");

            world.runtimeOfGroup("other");
            List<Position> sent = new ArrayList<>();
            send(world, sent, 50);
            while (world.wire.captionsInAll() < 100) {
                world.wire.read(Duration.ofMillis(100));
            }
            assertThat(sent).allSatisfy(position -> assertThat(world.wire.outcomes.get(position))
                    .containsExactly("caption", "caption"));
            assertThat(admin.listTransactions().all().get())
                    .extracting(TransactionListing::transactionalId)
                    .containsExactlyInAnyOrder("glimpse-edge-0", "other-edge-0");
        }
    }

    private static void send(World world, List<Position> sent, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            sent.add(world.wire.send("camera-" + i % 7, Wire.jpeg(i % 20)));
        }
    }
}
