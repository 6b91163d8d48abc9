package dev.glimpse.client;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.Frame;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a question and waits for its answer. */
@Command(name = "ask", description = "Ask a question about what a camera sees now.")
public final class AskCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(50);

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Parameters(paramLabel = "QUESTION", description = "Such as \"what colour is the boat?\"")
    private String question = "";

    @Option(names = "--camera", required = true, paramLabel = "ID", description = "Whose latest frame is meant.")
    private String camera = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
    private int seconds;

    public static void main(String[] arguments) {
        Cli.main(new AskCommand(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        require(seconds > 0, "the time to wait is 1 s or more, found %d", seconds);
        Frame.requireCamera(camera);
        Instant now = Instant.now();
        QuestionEvent event = new QuestionEvent(
                UUID.randomUUID().toString(),
                Optional.of(camera),
                Optional.empty(),
                question,
                now,
                Optional.of(now.plusSeconds(seconds)));
        KafkaLog.silence();
        broker.clients().requireReachable();
        try (Consumer<byte[], byte[]> consumer =
                broker.clients().consumerAtEnd(broker.topics().answers())) {
            send(event);
            AnswerEvent answer = await(consumer, event.request());
            if (answer.answer().isEmpty()) {
                throw new UserError(
                        Terminal.safe("no answer: " + explain(answer.abstained().orElse("unknown"))));
            }
            System.out.println(Terminal.safe(describe(answer, answer.answer().get())));
            return 0;
        }
    }

    private void send(QuestionEvent event) throws InterruptedException {
        try (Producer<byte[], byte[]> producer = broker.clients().producer()) {
            producer.send(event.toRecord(broker.topics())).get();
        } catch (ExecutionException e) {
            throw new UserError(
                    "the broker did not take the question (" + KafkaClients.innermost(e) + "); does topic "
                            + broker.topics().questions() + " exist?",
                    e);
        }
    }

    private AnswerEvent await(Consumer<byte[], byte[]> consumer, String request) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<AnswerEvent> answer =
                        read(record).filter(read -> read.request().equals(request));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
        throw new UserError(
                "an answer is expected within " + seconds + " s, found none; is a runtime serving " + broker.bootstrap()
                        + ", and does it hear topic " + broker.topics().questions() + "?");
    }

    /** The answer in the record; other people's records that are none are not our concern. */
    private static Optional<AnswerEvent> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(AnswerEvent.fromRecord(record));
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    private static String explain(String reason) {
        return switch (reason) {
            case "no-frame" -> "no-frame; the runtime has not seen that camera";
            case "expired", "overload" -> reason + "; the runtime is busy, ask again";
            default -> reason;
        };
    }

    private static String describe(AnswerEvent event, String answer) {
        String others = event.top().stream()
                .skip(1)
                .map(other -> String.format(Locale.ROOT, "%s %.2f", other.text(), other.confidence()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s%s  (%.2f%s)",
                answer,
                event.abstained().map(reason -> " [" + reason + "]").orElse(""),
                event.confidence(),
                others.isEmpty() ? "" : "; then " + others);
    }
}
