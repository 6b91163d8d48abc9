package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.box.Box;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The answer to one question, or why there is none.
 *
 * @param request id of the question; for a standing question {@code camera/id}
 * @param camera whose frame was looked at, as far as known
 * @param frame the frame that was looked at; empty when there was none to look at
 * @param input where the question stood; for a standing question, where the frame stood
 * @param question the question
 * @param answer the best answer; empty when there was nothing to look at
 * @param confidence calibrated probability in [0, 1] that the answer is right; 0 without an answer
 * @param top the five best answers, best first
 * @param abstained code of the reason why there is no answer ({@code no-frame}, {@code expired}, {@code overload},
 *     {@code engine-failed}, {@code stopped}), or why it should not be relied on ({@code not-sure}); empty when it may be
 * @param evidence regions that the answer looked at, most first
 * @param asked when the question was asked
 * @param emitted when this event was handed to Kafka
 * @param standing id of the standing question that this answers, unique within the camera; empty for a question asked once
 * @param degraded how far the runtime had stepped down under load; 0 is full service
 * @param model digest of the model
 * @param engine name and version of what ran the networks
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 */
public record AnswerEvent(
        String request,
        Optional<String> camera,
        Optional<String> frame,
        Position input,
        String question,
        Optional<String> answer,
        double confidence,
        List<Candidate> top,
        Optional<String> abstained,
        List<Evidence> evidence,
        Instant asked,
        Instant emitted,
        Optional<String> standing,
        int degraded,
        String model,
        String engine,
        String precision) {
    /** The task in the {@link OutcomeId} of answers. */
    public static final String TASK = "answer";

    public AnswerEvent {
        top = List.copyOf(top);
        evidence = List.copyOf(evidence);
    }

    /** A possible answer and its probability. */
    public record Candidate(String text, double confidence) {}

    /** A region, and how much the answer looked at it, in [0, 1]. */
    public record Evidence(Box box, String tag, float score, float weight) {}

    /** Each standing question has an answer of its own to each frame. */
    public OutcomeId outcome() {
        return new OutcomeId(input, standing.map(id -> TASK + ":" + id).orElse(TASK), model);
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        return Envelope.write(
                EventType.ANSWER,
                topics.answers(),
                request.getBytes(UTF_8),
                outcome().toString(),
                emitted,
                this);
    }

    public static AnswerEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return Envelope.read(record, EventType.ANSWER, AnswerEvent.class);
    }
}
