package dev.glimpse.wire;

import static dev.glimpse.wire.Examples.NOON;
import static dev.glimpse.wire.Examples.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void everyEventConformsToItsSchema() throws IOException {
        conforms(EventType.CAPTION, caption());
        conforms(EventType.SKIPPED, Examples.skipped().toRecord(TOPICS).value());
        conforms(EventType.QUESTION, Examples.question().toRecord(TOPICS).value());
        conforms(EventType.ANSWER, Examples.answer().toRecord(TOPICS).value());
        conforms(EventType.CONTROL, Examples.control().toRecord(TOPICS).value());
    }

    @Test
    void everyRejectionConformsWhateverWasRejected() throws IOException {
        Random random = new Random(1);
        for (int size = 0; size < 1100; size += 50) {
            byte[] junk = new byte[size];
            random.nextBytes(junk);
            ConsumerRecord<byte[], byte[]> bad = Examples.input(junk, junk);
            RejectedEvent event = RejectedEvent.of(bad, "picture-invalid", "x".repeat(2000), NOON, 0, Examples.MODEL);
            conforms(EventType.REJECTED, event.toRecord(TOPICS, bad).value());
        }
        ConsumerRecord<byte[], byte[]> empty = Examples.input(null, null);
        RejectedEvent event = RejectedEvent.of(empty, "key-missing", "no key", NOON, 0, Examples.MODEL);
        conforms(EventType.REJECTED, event.toRecord(TOPICS, empty).value());
    }

    @Test
    void questionTypedByHandConforms() throws IOException {
        conforms(EventType.QUESTION, "{\"question\": \"what is it?\"}".getBytes(UTF_8));
    }

    @Test
    void answerWithoutAnythingToLookAtConforms() throws IOException {
        AnswerEvent event = new AnswerEvent(
                "r-1",
                Optional.empty(),
                Optional.empty(),
                new Position(TOPICS.questions(), 0, 3),
                "what is it?",
                Optional.empty(),
                0,
                List.of(),
                Optional.of("no-frame"),
                List.of(),
                NOON,
                NOON,
                Optional.empty(),
                0,
                Examples.MODEL,
                "stub",
                "fp32");
        conforms(EventType.ANSWER, event.toRecord(TOPICS).value());
    }

    @Test
    void everyFieldOfEverySchemaIsInARealEvent() throws IOException {
        ConsumerRecord<byte[], byte[]> bad = Examples.input(new byte[1], new byte[1]);
        RejectedEvent rejected = RejectedEvent.of(bad, "x", "x", NOON, 0, Examples.MODEL);
        complete(EventType.CAPTION, caption());
        complete(EventType.SKIPPED, Examples.skipped().toRecord(TOPICS).value());
        complete(EventType.REJECTED, rejected.toRecord(TOPICS, bad).value());
        complete(EventType.ANSWER, Examples.answer().toRecord(TOPICS).value());
        complete(EventType.CONTROL, Examples.control().toRecord(TOPICS).value());
    }

    @Test
    void schemasCatchWhatIsWrong() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode event = (ObjectNode) mapper.readTree(caption());
        event.put("schemaVersion", 2)
                .put("camera", 3)
                .put("confidence", 1.5)
                .put("emitted", "now")
                .put("model", "abc")
                .put("precision", "fp64")
                .put("extra", 1)
                .remove("caption");
        ((ObjectNode) event.at("/regions/0")).putArray("box").add(1);
        assertThat(SchemaCheck.faults(EventType.CAPTION, mapper.writeValueAsBytes(event)))
                .containsExactlyInAnyOrder(
                        "$.schemaVersion is not 1",
                        "$.camera type is not \"string\"",
                        "$.confidence is above maximum",
                        "$.emitted is no time",
                        "$.model does not match \"^[0-9a-f]{64}$\"",
                        "$.precision is not in [\"fp32\",\"fp16\",\"int8\"]",
                        "$ has unknown extra",
                        "$ lacks \"caption\"",
                        "$.regions[0].box is below minItems");
    }

    private static byte[] caption() {
        return Examples.caption().toRecord(TOPICS).value();
    }

    private static void conforms(EventType type, byte[] value) throws IOException {
        assertThat(SchemaCheck.faults(type, value)).as(new String(value, UTF_8)).isEmpty();
    }

    private static void complete(EventType type, byte[] value) throws IOException {
        assertThat(new ObjectMapper().readTree(value).properties())
                .hasSameSizeAs(SchemaCheck.schema(type).path("properties").properties());
    }
}
