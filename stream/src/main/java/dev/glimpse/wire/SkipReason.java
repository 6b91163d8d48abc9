package dev.glimpse.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why frames were not looked at. */
public enum SkipReason {
    /** A newer frame of the same camera arrived first. */
    @JsonProperty("superseded")
    SUPERSEDED,
    /** The frame's deadline had passed. */
    @JsonProperty("expired")
    EXPIRED,
    /** There was more work than time, or no room. */
    @JsonProperty("overload")
    OVERLOAD
}
