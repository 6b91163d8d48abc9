package dev.glimpse.pipeline;

/** A frame and what became of it. A skipped frame lets go of its picture, which nobody will look at. */
public record Finished(Frame frame, Outcome outcome) {
    public Finished {
        frame = outcome instanceof Outcome.Skipped ? frame.withoutPicture() : frame;
    }
}
