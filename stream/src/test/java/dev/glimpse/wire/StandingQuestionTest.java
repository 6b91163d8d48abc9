package dev.glimpse.wire;

import static dev.glimpse.wire.Examples.NOON;
import static dev.glimpse.wire.Examples.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StandingQuestionTest {
    private static final StandingQuestion.Key KEY = new StandingQuestion.Key("north/gate", "door");

    @Test
    void questionSurvivesTheWireUnderItsKey() throws WireException {
        StandingQuestion question = new StandingQuestion(KEY, "is the door open?", NOON);
        var sent = question.toRecord(TOPICS);
        assertThat(sent.topic()).isEqualTo("test.standing-questions");
        assertThat(new String(sent.key(), UTF_8)).isEqualTo("north/gate/door");
        assertThat(StandingQuestion.fromRecord(Examples.polled(sent))).hasValue(question);
    }

    @Test
    void recordWithoutAValueEndsIt() throws WireException {
        ConsumerRecord<byte[], byte[]> end = Examples.polled(KEY.tombstone(TOPICS));
        assertThat(StandingQuestion.fromRecord(end)).isEmpty();
        assertThat(StandingQuestion.key(end)).isEqualTo(KEY);
    }

    @Test
    void questionByHandIsAsShortAsItsText() throws WireException {
        var record = new ConsumerRecord<>(
                "test.standing-questions",
                0,
                3,
                "gate/door".getBytes(UTF_8),
                "{\"question\": \"is it open\"}".getBytes(UTF_8));
        StandingQuestion read = StandingQuestion.fromRecord(record).orElseThrow();
        assertThat(read.key()).hasToString("gate/door");
        assertThat(read.question()).isEqualTo("is it open");
    }

    @Test
    void keyWithoutACameraOrWithAnotherFormIsRefused() {
        var record = new ConsumerRecord<>("t", 0, 3, "door".getBytes(UTF_8), new byte[0]);
        assertThatThrownBy(() -> StandingQuestion.key(record))
                .isInstanceOf(WireException.class)
                .hasMessage("the key of a standing question is camera/id, found 'door'");
        assertThatThrownBy(() -> new StandingQuestion.Key("gate", "a b"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("found 'a b'");
    }
}
