package dev.glimpse.wire;

import static dev.glimpse.wire.Examples.TOPICS;
import static dev.glimpse.wire.Examples.polled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void everyEventSurvivesTheWire() throws WireException {
        assertThat(CaptionEvent.fromRecord(polled(Examples.caption().toRecord(TOPICS))))
                .isEqualTo(Examples.caption());
        assertThat(SkippedEvent.fromRecord(polled(Examples.skipped().toRecord(TOPICS))))
                .isEqualTo(Examples.skipped());
        assertThat(QuestionEvent.fromRecord(polled(Examples.question().toRecord(TOPICS))))
                .isEqualTo(Examples.question());
        assertThat(AnswerEvent.fromRecord(polled(Examples.answer().toRecord(TOPICS))))
                .isEqualTo(Examples.answer());
        assertThat(ControlEvent.fromRecord(polled(Examples.control().toRecord(TOPICS))))
                .isEqualTo(Examples.control());
    }

    @Test
    void absentPartsAreLeftOutAndReadAsAbsent() throws WireException {
        ControlEvent event = new ControlEvent(
                "edge-0",
                ControlEvent.Kind.LEVEL_CHANGED,
                Optional.empty(),
                Optional.empty(),
                2,
                "slower",
                Examples.NOON);
        ProducerRecord<byte[], byte[]> sent = event.toRecord(TOPICS);
        assertThat(new String(sent.value(), UTF_8)).doesNotContain("null").doesNotContain("bundle");
        assertThat(ControlEvent.fromRecord(polled(sent))).isEqualTo(event);
    }

    @Test
    void rejectionKeepsKeyDigestAndHeadOfTheRecord() throws WireException {
        ConsumerRecord<byte[], byte[]> bad = Examples.input("gate".getBytes(UTF_8), "no picture".getBytes(UTF_8));
        RejectedEvent event =
                RejectedEvent.of(bad, "picture-invalid", "line one\n\tat line.two", Examples.NOON, 0, Examples.MODEL);
        ProducerRecord<byte[], byte[]> sent = event.toRecord(TOPICS, bad);
        assertThat(sent.key()).isEqualTo("gate".getBytes(UTF_8));
        RejectedEvent read = RejectedEvent.fromRecord(polled(sent));
        assertThat(read).isEqualTo(event);
        assertThat(read.message()).isEqualTo("line one at line.two");
        assertThat(read.size()).isEqualTo(10);
        assertThat(read.head()).isEqualTo("bm8gcGljdHVyZQ==");
        assertThat(read.sha256()).isEqualTo("9ed97c950c330a5b556b00fe9d46390594f0a34437886edd034c323444fbd7d8");
    }

    @Test
    void rejectionOfARecordWithNothingInItStillNamesItsPlace() throws WireException {
        ConsumerRecord<byte[], byte[]> bad = Examples.input(null, null);
        RejectedEvent event = RejectedEvent.of(bad, "key-missing", "no key", Examples.NOON, 0, Examples.MODEL);
        RejectedEvent read = RejectedEvent.fromRecord(polled(event.toRecord(TOPICS, bad)));
        assertThat(read.key()).isEmpty();
        assertThat(read.input()).isEqualTo(new Position(TOPICS.frames(), 0, 17));
    }

    @Test
    void captionSkipAndRejectionOfOneFrameShareTheirOutcomeId() {
        String expected = "test.frames/0/17/caption/" + Examples.MODEL;
        SkippedEvent skip = new SkippedEvent(
                Optional.empty(),
                new SkippedEvent.Range(TOPICS.frames(), 0, 17, 17),
                SkipReason.OVERLOAD,
                Examples.NOON,
                0,
                Examples.MODEL);
        RejectedEvent rejection =
                RejectedEvent.of(Examples.input(null, null), "x", "x", Examples.NOON, 0, Examples.MODEL);
        assertThat(Examples.caption().outcome()).hasToString(expected);
        assertThat(skip.outcome()).hasToString(expected);
        assertThat(rejection.outcome()).hasToString(expected);
    }

    @Test
    void skippedRangeCountsBothEnds() {
        assertThat(Examples.skipped().count()).isEqualTo(3);
    }

    @Test
    void headersFollowTheCloudEventsBinding() throws WireException {
        ProducerRecord<byte[], byte[]> sent = Examples.caption().toRecord(TOPICS);
        assertThat(CloudEvents.text(sent.headers(), "ce_specversion")).hasValue("1.0");
        assertThat(CloudEvents.text(sent.headers(), "ce_type")).hasValue("dev.glimpse.caption.v1");
        assertThat(CloudEvents.text(sent.headers(), "ce_id"))
                .hasValue(Examples.caption().outcome().toString());
        assertThat(CloudEvents.text(sent.headers(), "content-type")).hasValue("application/json");
    }

    @Test
    void eventInTheWrongTopicIsRefused() {
        ProducerRecord<byte[], byte[]> sent = Examples.control().toRecord(Topics.withPrefix("other."));
        ConsumerRecord<byte[], byte[]> moved = polled(new ProducerRecord<>(TOPICS.control(), sent.key(), sent.value()));
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> ControlEvent.fromRecord(moved))
                .withMessage("meant for topic \"other.control\", found in 'test.control'")
                .extracting(WireException::reason)
                .isEqualTo(RejectionReason.TOPIC_WRONG);
    }

    @Test
    void otherEventTypeIsRefused() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(
                        () -> ControlEvent.fromRecord(polled(Examples.question().toRecord(TOPICS))))
                .extracting(WireException::reason)
                .isEqualTo(RejectionReason.TYPE_UNSUPPORTED);
    }

    @Test
    void reasonCodesAreLowerCaseWithDashes() {
        assertThat(RejectionReason.KEY_MISSING.code()).isEqualTo("key-missing");
    }
}
