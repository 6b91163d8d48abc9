package dev.glimpse.fault.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Cameras: sends frames at a steady rate from a thread of its own, and knows how many the broker has taken. */
public final class Feed implements AutoCloseable {
    private static final int MAX_REQUEST = 9 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Plan plan;
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<String> refused = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile long sent;
    private volatile boolean stopping;

    /**
     * What is sent.
     *
     * @param cameras how many; camera i is called {@code camera-i}
     * @param perSecond frames a second of all cameras together
     * @param frames how many in all
     * @param heavy one camera in so many sends four times as often as the others; 0: all alike
     * @param source picture of a number
     */
    public record Plan(int cameras, double perSecond, long frames, int heavy, Source source) {
        public static Plan of(int cameras, double perSecond, long frames) {
            return new Plan(cameras, perSecond, frames, 0, NumberedPictures::of);
        }
    }

    /** The value of the frame of a number; called in turn from 0. */
    public interface Source {
        byte[] picture(long number);
    }

    public Feed(String bootstrap, String topic, Plan plan) {
        this.topic = topic;
        this.plan = plan;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        2,
                        "delivery.timeout.ms",
                        300_000,
                        "max.block.ms",
                        300_000,
                        "max.request.size",
                        MAX_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        thread.setDaemon(true);
        thread.start();
    }

    /** True until the last frame has been handed to the producer. */
    public boolean running() {
        return thread.isAlive();
    }

    /** Frames handed to the producer so far. */
    public long sent() {
        return sent;
    }

    /** Sends no more, waits until the broker has everything, and tells how much that is. */
    public long finish() throws InterruptedException {
        stopping = true;
        return await();
    }

    /** Waits for the end of the plan and until the broker has everything; how much that is. */
    public long await() throws InterruptedException {
        thread.join();
        producer.flush();
        firstRefused().ifPresent(message -> {
            throw new IllegalStateException("the broker refused a frame: " + message);
        });
        return acknowledged.get();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        producer.close(Duration.ZERO);
    }

    private void run() {
        long begun = System.nanoTime();
        for (long number = 0; number < plan.frames() && !stopping; number++) {
            long due = begun + (long) (number * 1e9 / plan.perSecond());
            for (long left = due - System.nanoTime(); left > 0 && !stopping; left = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, 50_000_000));
            }
            byte[] key = ("camera-" + camera(number)).getBytes(UTF_8);
            var unused =
                    producer.send(new ProducerRecord<>(topic, key, plan.source().picture(number)), (at, error) -> {
                        if (error == null) {
                            acknowledged.incrementAndGet();
                        } else {
                            refuse(error);
                        }
                    });
            sent = number + 1;
        }
    }

    private long camera(long number) {
        if (plan.heavy() == 0) {
            return number % plan.cameras();
        }
        int heavies = plan.cameras() / plan.heavy();
        int turns = plan.cameras() + 3 * heavies;
        long turn = number % turns;
        return turn < plan.cameras() ? turn : (turn - plan.cameras()) % heavies * plan.heavy();
    }

    private synchronized void refuse(Exception error) {
        refused.add(error.toString());
    }

    private synchronized Optional<String> firstRefused() {
        return refused.stream().findFirst();
    }
}
