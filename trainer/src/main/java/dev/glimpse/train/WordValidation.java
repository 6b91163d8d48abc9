package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.CaptionTask;
import dev.glimpse.loss.CrossEntropy;
import dev.glimpse.network.Fusion;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Goal;
import dev.glimpse.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cross-entropy of hidden caption words on the val split. Which words are hidden never changes, so values of different
 * steps, stages and runs on the same data compare.
 */
final class WordValidation {
    /** What {@link #measure} is judged by. */
    static final Goal GOAL = Goal.lowest("val words");

    private static final int SAMPLES = 512;
    private static final int BATCH = 64;

    private final FusionContext context;
    private final NDManager manager;
    private final Parameters parameters;
    private final List<CaptionBatch> batches = new ArrayList<>();

    WordValidation(FusionContext context, NDManager manager, Parameters parameters, TrainConfig.Masking masking) {
        this.context = context;
        this.manager = manager;
        this.parameters = parameters;
        CaptionTask samples = context.captions("val");
        int used = Math.min(SAMPLES, samples.size());
        for (int from = 0; from < used; from += BATCH) {
            int[] some = IntStream.range(from, Math.min(used, from + BATCH))
                    .map(i -> (int) ((long) i * samples.size() / used))
                    .toArray();
            batches.add(samples.captioning(some, context.hiding(masking), new Seed(0).at(from)));
        }
    }

    /** Whether to measure after this step: with each checkpoint and after the last step. */
    boolean isDue(long step, OptimizerSettings settings) {
        return step % settings.checkpointEvery() == 0 || step == settings.steps();
    }

    /** {@code val words}: nats per hidden word. */
    Map<String, Double> measure() {
        double sum = 0;
        long words = 0;
        for (CaptionBatch batch : batches) {
            try (NDManager step = manager.newSubManager()) {
                Fusion fusion = Fusion.evaluating(context.size(), parameters.constant(step));
                NDArray states = FusionForward.encode(step, fusion, context.layout(), batch)
                        .states();
                NDArray logits = FusionForward.words(step, fusion, states, batch);
                long count = logits.getShape().get(0);
                sum += count
                        * CrossEntropy.mean(logits, step.create(batch.targets()), 0)
                                .getFloat();
                words += count;
            }
        }
        return Map.of(GOAL.metric(), sum / words);
    }
}
