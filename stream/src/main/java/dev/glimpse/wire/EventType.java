package dev.glimpse.wire;

import java.util.Locale;

/** The kinds of JSON records, each with one schema version at a time. */
public enum EventType {
    CAPTION,
    SKIPPED,
    REJECTED,
    QUESTION,
    ANSWER,
    CONTROL;

    /** Version of the schema of every kind; grows with any change of its fields. */
    public static final int SCHEMA_VERSION = 1;

    /** CloudEvents type, such as {@code dev.glimpse.caption.v1}. */
    public String type() {
        return "dev.glimpse." + word() + ".v" + SCHEMA_VERSION;
    }

    /** Name of the JSON Schema beside this class, such as {@code caption.schema.json}. */
    public String schema() {
        return word() + ".schema.json";
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
