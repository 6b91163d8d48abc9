package dev.glimpse.wire;

import static dev.glimpse.wire.Examples.NOON;
import static dev.glimpse.wire.Examples.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glimpse.error.UserError;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameRecordTest {
    private static final byte[] PICTURE = {1, 2, 3};
    private static final String TRACE = "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01";

    @Test
    void barePictureWithKeyIsAFrame() throws WireException {
        FrameRecord record = read(Examples.input(bytes("gate"), PICTURE));
        assertThat(record.position()).isEqualTo(new Position(TOPICS.frames(), 0, 17));
        assertThat(record.frame().camera()).isEqualTo("gate");
        assertThat(record.frame().id()).isEqualTo("test.frames/0/17");
        assertThat(record.frame().captured()).isEqualTo(NOON);
        assertThat(record.frame().expires()).isEmpty();
        assertThat(record.frame().picture()).isEqualTo(PICTURE);
    }

    @Test
    void everyPartOfAFrameSurvivesTheWire() throws WireException {
        Frame sent = new Frame(
                "Tor Süd",
                "17",
                "scenes:1",
                NOON,
                "image/png",
                Optional.of(NOON.plusSeconds(1)),
                Optional.of(TRACE),
                PICTURE);
        assertThat(read(Examples.polled(sent.toRecord(TOPICS))).frame()).isEqualTo(sent);
    }

    @Test
    void keysThatNameNoCameraAreRefused() {
        refused(Examples.input(null, PICTURE), RejectionReason.KEY_MISSING);
        refused(Examples.input(new byte[0], PICTURE), RejectionReason.KEY_MISSING);
        refused(Examples.input(bytes("a\nb"), PICTURE), RejectionReason.KEY_INVALID);
        refused(Examples.input(bytes("a\u0085b"), PICTURE), RejectionReason.KEY_INVALID);
        refused(Examples.input(new byte[] {(byte) 0xc3, 0x28}, PICTURE), RejectionReason.KEY_INVALID);
        refused(Examples.input(bytes("x".repeat(201)), PICTURE), RejectionReason.KEY_INVALID);
    }

    @Test
    void longestKeyIsAccepted() throws WireException {
        assertThat(read(Examples.input(bytes("x".repeat(200)), PICTURE)).frame().camera())
                .hasSize(200);
    }

    @Test
    void emptyAndOversizedValuesAreRefused() {
        refused(Examples.input(bytes("gate"), null), RejectionReason.VALUE_EMPTY);
        refused(Examples.input(bytes("gate"), new byte[0]), RejectionReason.VALUE_EMPTY);
        refused(Examples.input(bytes("gate"), new byte[101]), RejectionReason.VALUE_TOO_LARGE);
    }

    @Test
    void headersThatCountMustBeOfTheirForm() {
        refused(header("ce_time", bytes("yesterday")), RejectionReason.HEADER_INVALID);
        refused(header("ce_expirytime", bytes("1")), RejectionReason.HEADER_INVALID);
        refused(header("ce_id", bytes("a\u0000")), RejectionReason.HEADER_INVALID);
        refused(header("ce_id", bytes("x".repeat(513))), RejectionReason.HEADER_INVALID);
        refused(header("ce_source", new byte[] {(byte) 0xff}), RejectionReason.HEADER_INVALID);
        refused(header("ce_type", bytes("dev.glimpse.caption.v1")), RejectionReason.TYPE_UNSUPPORTED);
        refused(header("ce_specversion", bytes("0.3")), RejectionReason.TYPE_UNSUPPORTED);
        refused(header("content-type", bytes("text/html")), RejectionReason.TYPE_UNSUPPORTED);
    }

    @Test
    void headersThatDoNotCountAreIgnored() throws WireException {
        assertThat(read(header("cookie", new byte[] {(byte) 0xff})).frame().picture())
                .isEqualTo(PICTURE);
        assertThat(read(header("ce_time", null)).frame().captured()).isEqualTo(NOON);
        assertThat(read(header("traceparent", bytes("00-xyz"))).frame().traceparent())
                .isEmpty();
    }

    @Test
    void timesOfAnyZoneAreRead() throws WireException {
        assertThat(read(header("ce_time", bytes("2026-01-31T13:00:00.25+01:00")))
                        .frame()
                        .captured())
                .isEqualTo(NOON);
    }

    @Test
    void senderIsToldOfACameraNameThatNobodyWouldAccept() {
        Frame.requireCamera("gate");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Frame.requireCamera(""))
                .withMessage("a camera id has 1 to 200 bytes, found 0, in ''");
    }

    private static void refused(ConsumerRecord<byte[], byte[]> record, RejectionReason reason) {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read(record))
                .extracting(WireException::reason)
                .isEqualTo(reason);
    }

    private static ConsumerRecord<byte[], byte[]> header(String name, byte @Nullable [] value) {
        var record = new ProducerRecord<>(TOPICS.frames(), bytes("gate"), PICTURE);
        record.headers().add(name, value);
        return Examples.polled(record);
    }

    private static FrameRecord read(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return FrameRecord.fromRecord(record, NOON, 100);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
