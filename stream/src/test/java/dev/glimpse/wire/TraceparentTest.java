package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String VALID = "00-" + TRACE + "-" + PARENT + "-01";

    @Test
    void contextGoesOnAsItCame() {
        var record = new ProducerRecord<byte[], byte[]>("captions", new byte[0]);
        assertThat(Traceparent.of(Traceparent.on(record, Optional.of(VALID)).headers()))
                .hasValue(VALID);
    }

    @Test
    void laterVersionGivesTheFieldsOfTheFirst() {
        assertThat(Traceparent.of(headers("01" + VALID.substring(2) + "-more"))).hasValue(VALID);
        assertThat(Traceparent.of(headers("cc" + VALID.substring(2)))).hasValue(VALID);
    }

    @Test
    void lastOneCounts() {
        assertThat(Traceparent.of(headers("nonsense").add("traceparent", VALID.getBytes(UTF_8))))
                .hasValue(VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-xyz",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-" + TRACE + "-" + PARENT + "-1",
                "00-0AF7651916CD43DD8448EB211C80319C-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-01\n",
                " 00-" + TRACE + "-" + PARENT + "-01"
            })
    void malformedContextIsNone(String text) {
        assertThat(Traceparent.of(headers(text))).isEmpty();
    }

    @Test
    void hugeOrMissingContextIsNone() {
        assertThat(Traceparent.of(headers("01" + VALID.substring(2) + "-" + "x".repeat(500))))
                .isEmpty();
        assertThat(Traceparent.of(new RecordHeaders())).isEmpty();
        assertThat(Traceparent.of(new RecordHeaders().add("traceparent", null))).isEmpty();
    }

    private static Headers headers(String text) {
        return new RecordHeaders().add("traceparent", text.getBytes(UTF_8));
    }
}
