package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header of the W3C trace context in its version 00: {@code 00-<trace id>-<parent id>-<flags>}. Of a later version these
 * fields are taken, as its specification asks; {@code tracestate} is not carried on.
 */
public final class Traceparent {
    private static final String NAME = "traceparent";
    private static final int MAX_BYTES = 512;
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)(?!00-.{53})[0-9a-f]{2}(-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

    private Traceparent() {}

    /** The last header of that name; one that is not of its form counts as none. */
    public static Optional<String> of(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null || header.value() == null || header.value().length > MAX_BYTES) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(new String(header.value(), ISO_8859_1));
        return form.matches() ? Optional.of("00" + form.group(1)) : Optional.empty();
    }

    /** The record itself, which carries this context from now on. */
    public static ProducerRecord<byte[], byte[]> on(
            ProducerRecord<byte[], byte[]> record, Optional<String> traceparent) {
        traceparent.ifPresent(context -> CloudEvents.add(record.headers(), NAME, context));
        return record;
    }
}
