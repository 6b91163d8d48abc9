package dev.glimpse.client;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.Frame;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.StandingQuestion;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a question and waits for its answer; or has it asked of every frame, lists such questions, ends one. */
@Command(
        name = "ask",
        description = {
            "Ask a question about what a camera sees now, or saw in one frame.",
            "With --standing it is asked of every frame from now on; the answers come to the topic answers."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class AskCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(50);

    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Parameters(arity = "0..1", paramLabel = "QUESTION", description = "Such as \"what colour is the boat?\"")
    private String question = "";

    @Option(names = "--camera", paramLabel = "ID", description = "Whose latest frame is meant.")
    private String camera = "";

    @Option(names = "--frame", paramLabel = "ID", description = "This frame is meant, while it is remembered.")
    private Optional<String> frame = Optional.empty();

    @Option(
            names = "--standing",
            paramLabel = "NAME",
            description = "Ask it of every frame of the camera, under this name; a question of that name is replaced.")
    private Optional<String> standing = Optional.empty();

    @Option(names = "--list", description = "List the standing questions, of one camera or of all.")
    private boolean list;

    @Option(names = "--cancel", paramLabel = "NAME", description = "End the camera's standing question of that name.")
    private Optional<String> cancel = Optional.empty();

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
        checkUse();
        if (list) {
            desk().list(camera).forEach(each -> System.out.println(Terminal.safe(each.key() + "  " + each.question())));
        } else if (cancel.isPresent()) {
            StandingQuestion.Key key = new StandingQuestion.Key(camera, cancel.get());
            desk().cancel(key);
            System.out.println(Terminal.safe(key + " is asked no more"));
        } else if (standing.isPresent()) {
            StandingQuestion.Key key = new StandingQuestion.Key(camera, standing.get());
            StandingQuestion asked = new StandingQuestion(key, question, Instant.now());
            desk().ask(asked);
            System.out.println(Terminal.safe(key + " is asked of every frame; end it with --cancel " + key.id()));
        } else {
            askOnce();
        }
        return 0;
    }

    private void checkUse() {
        require(seconds > 0, "the time to wait is 1 s or more, found %d", seconds);
        long modes = (question.isEmpty() ? 0 : 1) + (list ? 1 : 0) + (cancel.isPresent() ? 1 : 0);
        if (modes != 1) {
            throw new ParameterException(spec.commandLine(), "Give one of QUESTION, --list and --cancel NAME.");
        }
        boolean aboutAFrame = frame.isPresent() && standing.isEmpty() && cancel.isEmpty();
        if (!list && !aboutAFrame && camera.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--camera=ID'");
        }
        if (!camera.isEmpty()) {
            Frame.requireCamera(camera);
        }
    }

    /** The desk of a broker that answers. */
    private StandingDesk desk() {
        KafkaLog.silence();
        broker.clients().requireReachable();
        return new StandingDesk(broker);
    }

    private void askOnce() throws InterruptedException {
        Instant now = Instant.now();
        QuestionEvent event = new QuestionEvent(
                UUID.randomUUID().toString(),
                camera.isEmpty() ? Optional.empty() : Optional.of(camera),
                frame,
                question,
                now,
                Optional.of(now.plusSeconds(seconds)));
        KafkaLog.silence();
        broker.clients().requireReachable();
        try (Consumer<byte[], byte[]> consumer =
                broker.clients().consumerAtEnd(broker.topics().answers())) {
            StandingDesk.send(broker, event.toRecord(broker.topics()));
            AnswerEvent answer = await(consumer, event.request());
            if (answer.answer().isEmpty()) {
                throw new UserError(
                        Terminal.safe("no answer: " + explain(answer.abstained().orElse("unknown"))));
            }
            System.out.println(Terminal.safe(describe(answer, answer.answer().get())));
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
            case "no-frame" -> "no-frame; the runtime has not seen that camera, or no longer remembers that frame";
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
