package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads and writes the headers of the CloudEvents 1.0 Kafka binding in binary mode. These names and {@link Traceparent} are
 * the allow-list: every other header is ignored and never copied on.
 */
final class CloudEvents {
    static final String SPECVERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String EXPIRY = "ce_expirytime";
    static final String CONTENT_TYPE = "content-type";

    private static final int MAX_HEADER_BYTES = 512;

    private CloudEvents() {}

    /** The last header of that name as text, empty when there is none. */
    static Optional<String> text(Headers headers, String name) throws WireException {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        return Optional.of(
                Text.read(header.value(), MAX_HEADER_BYTES, "header " + name, RejectionReason.HEADER_INVALID));
    }

    /** The last header of that name as a time in RFC 3339 form. */
    static Optional<Instant> time(Headers headers, String name) throws WireException {
        Optional<String> text = text(headers, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException e) {
            throw new WireException(
                    RejectionReason.HEADER_INVALID,
                    "header " + name + " is a time such as 2026-01-31T12:00:00.250Z, found '" + text.get() + "'",
                    e);
        }
    }

    /** Refuses a record whose headers name another CloudEvents version or another type. */
    static void requireType(Headers headers, String type) throws WireException {
        Optional<String> version = text(headers, SPECVERSION);
        if (version.isPresent() && !version.get().startsWith("1.")) {
            throw new WireException(
                    RejectionReason.TYPE_UNSUPPORTED, "header ce_specversion is 1.0, found '" + version.get() + "'");
        }
        Optional<String> found = text(headers, TYPE);
        if (found.isPresent() && !found.get().equals(type)) {
            throw new WireException(
                    RejectionReason.TYPE_UNSUPPORTED, "header ce_type is " + type + ", found '" + found.get() + "'");
        }
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
