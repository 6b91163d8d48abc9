package dev.glimpse.pipeline;

/** Why a good frame got no caption. */
public enum SkipReason {
    /** A newer frame of the same camera took its place in the mailbox. */
    SUPERSEDED,
    /** Its deadline passed before the model could look at it. */
    EXPIRED,
    /** All mailboxes together hold as many bytes as they may. */
    OVERLOAD
}
