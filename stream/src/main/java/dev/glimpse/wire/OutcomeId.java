package dev.glimpse.wire;

/**
 * Names one outcome: two records with the same id are the same outcome, and a frame's caption, skip and rejection all
 * carry the id of the frame's {@code caption} task, so that a reader who sees two of them sees a fault.
 *
 * @param input the record that was worked on; for a skipped range, its first
 * @param task {@code caption} or {@code answer}
 * @param model digest of the model at work
 */
public record OutcomeId(Position input, String task, String model) {
    /** {@code topic/partition/offset/task/model}. */
    @Override
    public String toString() {
        return input + "/" + task + "/" + model;
    }
}
