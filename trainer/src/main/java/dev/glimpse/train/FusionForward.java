package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionInput;
import dev.glimpse.size.TokenLayout;

/** Batches in, states and logits out: the forward passes that training and evaluation share. */
final class FusionForward {
    private FusionForward() {}

    /** States of captions, tags and regions: (B, C + L + R, D). */
    static Fusion.Encoded encode(NDManager step, Fusion fusion, TokenLayout layout, CaptionBatch batch) {
        NDArray context = FusionInput.contextMask(step, batch.tags(), batch.regions());
        return fusion.encode(
                FusionInput.captionMask(step, context, layout),
                fusion.text(FusionInput.tokens(step, batch.captions()), 0, 0),
                fusion.text(FusionInput.tokens(step, batch.tags()), layout.caption(), 1),
                fusion.regions(FusionInput.regions(step, batch.regions())));
    }

    /**
     * Word scores at the hidden places only.
     *
     * @return logits (N, V)
     */
    static NDArray words(NDManager step, Fusion fusion, NDArray states, CaptionBatch batch) {
        long tokens = states.getShape().get(1);
        return fusion.words(Fusion.select(states, step.create(batch.rows((int) tokens))));
    }

    /** States of questions and regions: (B, Q + R, D). */
    static Fusion.Encoded encode(NDManager step, Fusion fusion, QuestionTask.Batch batch) {
        return fusion.encode(
                FusionInput.questionMask(step, batch.questions(), batch.regions()),
                fusion.text(FusionInput.tokens(step, batch.questions()), 0, 0),
                fusion.regions(FusionInput.regions(step, batch.regions())));
    }

    /** Soft scores (B, A). */
    static NDArray scores(NDManager step, QuestionTask.Batch batch) {
        int size = batch.questions().length;
        return step.create(batch.scores(), new Shape(size, batch.scores().length / size));
    }
}
