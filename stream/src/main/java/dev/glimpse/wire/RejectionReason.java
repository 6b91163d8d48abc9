package dev.glimpse.wire;

import java.util.Locale;

/** Why a record was refused before its content was understood. */
public enum RejectionReason {
    /** The record has no key, or an empty one. */
    KEY_MISSING,
    /** The key is not UTF-8, longer than 200 bytes, or has control characters. */
    KEY_INVALID,
    /** The value is missing or has 0 bytes. */
    VALUE_EMPTY,
    /** The value is larger than the limit. */
    VALUE_TOO_LARGE,
    /** A header that counts is not UTF-8, too long, or not of its form. */
    HEADER_INVALID,
    /** The headers name an event type, CloudEvents version or content type that is not read here. */
    TYPE_UNSUPPORTED,
    /** The value is not the JSON it should be, or beyond the limits of depth and length. */
    JSON_INVALID,
    /** The value names a schema version that is not read here. */
    SCHEMA_UNSUPPORTED,
    /** The value was meant for another topic. */
    TOPIC_WRONG,
    /** The value is not a JPEG or PNG that can be decoded; the message says why. */
    PICTURE_INVALID,
    /** The networks failed on this picture alone. */
    ENGINE_FAILED;

    /** The code on the wire, such as {@code key-missing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
