package dev.glimpse.pipeline;

/** Where durations go; called by many threads, must not block. */
@FunctionalInterface
public interface Stopwatch {
    void took(Stage stage, long nanos);
}
