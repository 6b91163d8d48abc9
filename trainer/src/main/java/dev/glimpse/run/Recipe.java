package dev.glimpse.run;

/** One stage of training, readable from top to bottom in {@link #run}. */
public interface Recipe {
    /** What this stage reads and writes. Asked for when the stages before it are done. */
    Stage stage();

    /** Does the work: reads the stage's inputs, writes its outputs. */
    void run();
}
