package dev.glimpse.run;

import static dev.glimpse.error.UserError.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.optimizer.AdamW;
import dev.glimpse.optimizer.Clip;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.optimizer.Schedule;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.seed.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What surrounds the steps of one stage: resuming, the optimiser, checkpoints, metrics, progress, and ending when asked to.
 *
 * <pre>
 *   while (training.next()) {
 *       ... forward and backward of step training.step(), randomness from training.seed() ...
 *       training.update(weights.gradient(), losses);
 *   }
 * </pre>
 *
 * <p>Used by one thread; {@link #close} frees the optimiser's state.
 */
public final class Training implements AutoCloseable {
    private static final int WINDOW = 20; // steps that one line of metrics stands for
    private static final String FIRST = "optimizer.first";
    private static final String SECOND = "optimizer.second";
    private static final String WINDOWED = "metrics.";

    private final String name;
    private final OptimizerSettings settings;
    private final Schedule schedule;
    private final Seed seed;
    private final Parameters parameters;
    private final List<Buffers> buffers;
    private final AdamW optimizer;
    private final Checkpoints checkpoints;
    private final Metrics metrics;
    private final Progress progress;
    private final StopSignal stop;
    private final long resumedAt;
    private final Map<String, Float> sums = new TreeMap<>(); // since the last line of metrics
    private int summed;
    private long step;

    /**
     * Begins, or resumes from the stage's last whole checkpoint.
     *
     * @param manager long-lived; the optimiser's state lives in a sub-manager of it
     * @param parameters what is trained; overwritten when there is a checkpoint
     * @param buffers tensors that change without gradient and belong to the state
     * @param seed seed of the stage
     */
    public Training(
            RunDirectory run,
            Stage stage,
            OptimizerSettings settings,
            Seed seed,
            NDManager manager,
            Parameters parameters,
            List<Buffers> buffers,
            StopSignal stop) {
        this.name = stage.name();
        this.settings = settings;
        this.schedule = settings.schedule();
        this.seed = seed;
        this.parameters = parameters;
        this.buffers = List.copyOf(buffers);
        this.stop = stop;
        this.optimizer = new AdamW(manager, parameters, settings.decay());
        this.checkpoints = run.checkpoints(stage);
        checkpoints.latest().ifPresent(this::restore);
        this.resumedAt = step;
        this.metrics = new Metrics(run.metrics(), name, step);
        this.progress = new Progress(name, "steps", step, settings.steps());
    }

    /**
     * Goes to the next step; saves a checkpoint when one is due.
     *
     * @return false when the last step is done
     * @throws StoppedException when the process was asked to end; the state is saved then
     */
    public boolean next() {
        if (stop.requested()) {
            save();
            throw new StoppedException(String.format(
                    "%s: stopped and saved after step %d of %d; the same command goes on from here",
                    name, step, settings.steps()));
        }
        if (step == settings.steps()) {
            return false;
        }
        if (step > resumedAt && step % settings.checkpointEvery() == 0) {
            save();
        }
        step++;
        return true;
    }

    /** Last step of the sessions before this one, 0 for the first. */
    public long resumedAt() {
        return resumedAt;
    }

    /** Number of the step under way, from 1. */
    public long step() {
        return step;
    }

    /** Where the randomness of this step comes from. */
    public Seed seed() {
        return seed.at(step);
    }

    /**
     * Clips the gradient and moves the parameters.
     *
     * @param gradient (P), in the manager of the step
     * @param losses numbers of this step for the metrics; one is named {@code loss}, which is the sum of the others where
     *     there are several
     * @throws dev.glimpse.error.UserError when a loss or the gradient is not finite; the parameters are as before
     */
    public void update(NDArray gradient, Map<String, Float> losses) {
        float norm = Clip.toNorm(gradient, settings.clip());
        losses.forEach((term, value) -> requireFinite(term, value, losses));
        requireFinite("gradient norm", norm, losses);
        optimizer.step(gradient, schedule.rate(step), step);
        losses.forEach((term, value) -> sums.merge(term, value, Float::sum));
        sums.merge("gradient norm", norm, Float::sum);
        summed++;
        if (step % WINDOW == 0 || step == settings.steps()) {
            report();
        }
    }

    private void requireFinite(String term, float value, Map<String, Float> losses) {
        require(
                Float.isFinite(value),
                "%s: %s became %s at step %d (losses %s). Lower the learning rate (%s) or lengthen the warm-up, then start "
                        + "again: checkpoints from before it are kept.",
                name,
                term,
                value,
                step,
                losses,
                settings.rate());
    }

    private void report() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((term, sum) -> means.put(term, (double) sum / summed));
        means.put("rate", schedule.rate(step));
        metrics.record(step, means);
        progress.at(step, String.format(Locale.ROOT, "loss %.4f", means.getOrDefault("loss", Double.NaN)));
        sums.clear();
        summed = 0;
    }

    /** Records numbers measured now, such as a validation loss. */
    public void measured(Map<String, Double> values) {
        metrics.record(step, values);
    }

    private void save() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(parameters.tensors());
        buffers.forEach(b -> tensors.putAll(b.tensors()));
        tensors.put(FIRST, flat(optimizer.first()));
        tensors.put(SECOND, flat(optimizer.second()));
        sums.forEach((term, sum) -> tensors.put(WINDOWED + term, flat(new float[] {sum, summed})));
        checkpoints.save(new State(step, tensors));
    }

    private void restore(State state) {
        parameters.load(state.tensors(), "checkpoint of " + name);
        buffers.forEach(b -> b.load(state.tensors(), "checkpoint of " + name));
        optimizer.set(data(state, FIRST), data(state, SECOND));
        state.tensors().forEach((key, tensor) -> {
            if (key.startsWith(WINDOWED)) {
                sums.put(key.substring(WINDOWED.length()), tensor.data()[0]);
                summed = (int) tensor.data()[1];
            }
        });
        step = state.step();
    }

    private static float[] data(State state, String name) {
        FloatTensor tensor = state.tensors().get(name);
        if (tensor == null) {
            throw new IllegalStateException("a whole checkpoint of this stage lacks " + name);
        }
        return tensor.data();
    }

    private static FloatTensor flat(float[] values) {
        return new FloatTensor(new long[] {values.length}, values);
    }

    @Override
    public void close() {
        progress.close();
        optimizer.close();
    }
}
