package dev.glimpse.pipeline;

/** A frame and what became of it. */
public record Finished(Frame frame, Outcome outcome) {}
