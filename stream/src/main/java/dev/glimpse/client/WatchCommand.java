package dev.glimpse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.cli.Cli;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints committed captions as they come, until Ctrl-C. */
@Command(name = "watch", description = "Print captions as they come, until Ctrl-C.")
public final class WatchCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--camera", paramLabel = "ID", description = "Only this camera's captions.")
    private Optional<String> camera = Optional.empty();

    @Option(names = "--json", description = "Print the whole event, one line of JSON each.")
    private boolean json;

    @Option(names = "--limit", paramLabel = "N", description = "End after N captions.")
    private Optional<Long> limit = Optional.empty();

    public static void main(String[] arguments) {
        Cli.main(new WatchCommand(), arguments);
    }

    @Override
    public Integer call() {
        KafkaLog.silence();
        broker.clients().requireReachable();
        try (StopSignal stop = StopSignal.listening();
                Consumer<byte[], byte[]> consumer =
                        broker.clients().consumerAtEnd(broker.topics().captions())) {
            System.err.println("watching topic " + broker.topics().captions() + " at " + broker.bootstrap());
            long left = limit.orElse(Long.MAX_VALUE);
            while (left > 0 && !stop.isSet()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (left > 0 && show(record)) {
                        left--;
                    }
                }
            }
            return stop.succeed();
        }
    }

    /** Prints one record; returns whether it was a caption of interest. */
    private boolean show(ConsumerRecord<byte[], byte[]> record) {
        try {
            CaptionEvent event = CaptionEvent.fromRecord(record);
            if (camera.isPresent() && !camera.get().equals(event.camera())) {
                return false;
            }
            System.out.println(Terminal.safe(json ? new String(record.value(), UTF_8) : line(event)));
            return true;
        } catch (WireException e) {
            System.err.println(Terminal.safe("glimpse: a record that is no caption: " + e.getMessage()));
            return false;
        }
    }

    private static String line(CaptionEvent event) {
        String words = event.caption().isEmpty() ? "[level " + event.degraded() + ": no words]" : event.caption();
        return String.format(
                Locale.ROOT,
                "%s  %-12s %s  (%.2f, %d ms)",
                TIME.format(event.captured()),
                event.camera(),
                words,
                event.confidence(),
                Duration.between(event.captured(), event.emitted()).toMillis());
    }
}
