package dev.glimpse.pipeline;

/** A part of the way whose duration is measured. */
public enum Stage {
    /** In the mailbox, per frame. */
    WAIT,
    /** Decoding, per frame. */
    DECODE,
    /** Decoded and waiting for the engine, per frame. */
    QUEUE,
    /** Letterboxing, per batch. */
    PREPARE,
    /** The detector, per batch. */
    DETECT,
    /** Tags and regions, per batch. */
    ENCODE,
    /** All words, per batch. */
    WORDS,
    /** The engine as a whole, per batch. */
    LOOK,
    /** All questions asked of one sight, together. */
    ANSWER,
    /** One transaction. */
    COMMIT,
    /** From capture to committed caption, per frame. */
    TOTAL
}
