package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

import java.util.stream.DoubleStream;

/**
 * How much each distillation loss counts beside the task's; 0 switches it off, and it then costs nothing.
 *
 * @param attention squared distance of attention distributions
 * @param hidden contrast of token states
 * @param hiddenMse squared distance of token states
 * @param hiddenMseFade share of the stage's steps in which hiddenMse falls linearly to 0, in [0, 1]; with 0 it does not fall
 * @param classification the teacher's distribution over words or answers
 * @param relations resemblance of queries, keys and values
 */
public record TermWeights(
        double attention,
        double hidden,
        double hiddenMse,
        double hiddenMseFade,
        double classification,
        double relations) {
    /** No distillation. */
    public static final TermWeights NONE = new TermWeights(0, 0, 0, 0, 0, 0);

    public TermWeights {
        DoubleStream.of(attention, hidden, hiddenMse, classification, relations)
                .forEach(w -> require(w >= 0 && Double.isFinite(w), "a weight must not be negative, was %s", w));
        require(hiddenMseFade >= 0 && hiddenMseFade <= 1, "hiddenMseFade must lie in [0, 1], was %s", hiddenMseFade);
    }

    /** Whether anything is asked of the teacher. */
    public boolean any() {
        return states() || classification > 0;
    }

    /** Whether states, attention or projections of the last layer are compared. */
    boolean states() {
        return attention > 0 || hidden > 0 || hiddenMse > 0 || relations > 0;
    }

    /** Whether states are projected to the teacher's width. */
    public boolean projects() {
        return hidden > 0 || hiddenMse > 0;
    }

    /**
     * Weight of the squared distance of states at some step.
     *
     * @param progress step over steps, in (0, 1]
     */
    double hiddenMseAt(double progress) {
        return hiddenMseFade == 0 ? hiddenMse : hiddenMse * Math.max(0, 1 - progress / hiddenMseFade);
    }
}
