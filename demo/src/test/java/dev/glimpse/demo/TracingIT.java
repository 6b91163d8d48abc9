package dev.glimpse.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.fault.site.StubRuntime;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.trace.TracingSettings;
import dev.glimpse.web.ModelCard;
import dev.glimpse.wire.Position;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingIT {
    private static final int FRAMES = 100;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path work;

    @Test
    void captionsGoOnWithTheTraceOfTheirFrameAndSpansReachTheCollector() throws Exception {
        AtomicInteger batches = new AtomicInteger();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            batches.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (World world = World.start(work)) {
            EdgeRuntime runtime = runtime(world, collector.getAddress().getPort());
            List<Position> sent = send(world);
            close(runtime);
            assertThat(batches.get()).isPositive();
            for (int i = 0; i < FRAMES; i++) {
                assertThat(world.wire.contexts.get(sent.get(i)))
                        .startsWith(context(i).substring(0, 36))
                        .isNotEqualTo(context(i));
            }
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void collectorThatNeverAnswersHarmsNoFrameAndHoldsUpNoEnd() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                World world = World.start(work)) {
            EdgeRuntime runtime = runtime(world, silent.getLocalPort());
            List<Position> sent = send(world);
            close(runtime);
            assertThat(world.wire.notExactlyOnce(sent)).isEmpty();
            assertThat(world.wire.captions).hasSize(FRAMES);
        }
    }

    private EdgeRuntime runtime(World world, int collector) throws Exception {
        EdgeSettings stub = StubRuntime.settings(
                WorkerSettings.patient(world.broker.bootstrap(), "glimpse", work)
                        .withoutPrefix(),
                Delivery.EXACTLY_ONCE);
        EdgeSettings settings = new EdgeSettings(
                stub.bundle(),
                stub.engine(),
                stub.kafka(),
                stub.http(),
                stub.pipeline(),
                stub.ladder(),
                stub.answers(),
                stub.rollout(),
                new TracingSettings(TracingSettings.Exporter.OTLP, "http://127.0.0.1:" + collector + "/v1/traces", 1));
        EdgeRuntime runtime =
                new EdgeRuntime(settings, ModelCard.NONE, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 1000));
        runtime.start();
        return runtime;
    }

    private static List<Position> send(World world) throws Exception {
        List<Position> sent = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            var record = new ProducerRecord<>(
                    Worker.TOPICS.frames(), ("camera-" + i % 5).getBytes(UTF_8), Wire.jpeg(i % 20));
            record.headers().add("traceparent", context(i).getBytes(UTF_8));
            sent.add(world.wire.send(record));
        }
        world.wire.awaitOutcomes(FRAMES, SOON);
        return sent;
    }

    private static void close(EdgeRuntime runtime) {
        long started = System.nanoTime();
        runtime.close();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    private static String context(int frame) {
        return String.format("00-%032x-%016x-01", frame + 1, frame + 1);
    }
}
