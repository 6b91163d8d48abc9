package dev.glimpse.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.AdamW;
import dev.glimpse.optimizer.Clip;
import dev.glimpse.optimizer.LossScale;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.optimizer.Schedule;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Precision;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What surrounds the steps of one stage: resuming, the optimiser, the average of the weights, checkpoints, metrics, progress,
 * and ending: at the last step, when validation no longer improves, or when asked to.
 *
 * <pre>
 *   while (training.next()) {
 *       ... forward and backward of step training.step(), randomness from training.seed() ...
 *       training.update(weights.gradient(), losses);
 *       if (due) {
 *           training.validate(Goal.lowest("val words"), () -> ...);
 *       }
 *   }
 *   ... write the parameters: the best or averaged ones where the settings say so ...
 * </pre>
 *
 * <p>Used by one thread; {@link #close} frees the optimiser's state.
 */
public final class Training implements AutoCloseable {
    private static final int WINDOW = 20; // steps that one line of metrics stands for
    private static final String FIRST = "optimizer.first";
    private static final String SECOND = "optimizer.second";
    private static final String SCALE = "optimizer.scale";

    private final RunDirectory run;
    private final String name;
    private final OptimizerSettings settings;
    private final Precision precision;
    private final Schedule schedule;
    private final Seed seed;
    private final Learned learned;
    private final AdamW optimizer;
    private final Selection selection;
    private final Checkpoints checkpoints;
    private final Metrics metrics;
    private final Progress progress;
    private final StopSignal stop;
    private final long resumedAt;
    private final Window window = new Window(); // since the last line of metrics
    private final Clock clock = new Clock();
    private double before; // seconds of the runs before this one
    private LossScale scale = LossScale.START;
    private int skipped; // steps left out because their gradient overflowed in 16 bits
    private int[] samples = {};
    private long step;

    /** As the other constructor, in FP32. */
    public Training(
            RunDirectory run,
            Stage stage,
            OptimizerSettings settings,
            Seed seed,
            NDManager manager,
            Parameters parameters,
            List<Buffers> buffers,
            StopSignal stop) {
        this(run, stage, settings, Precision.FP32, seed, manager, parameters, buffers, stop);
    }

    /**
     * Begins, or resumes from the stage's last whole checkpoint.
     *
     * @param precision FP16 expects gradients of the loss times {@link #lossScale}
     * @param seed seed of the stage
     * @param manager long-lived; the optimiser's state lives in a sub-manager of it
     * @param parameters what is trained; overwritten when there is a checkpoint
     * @param buffers tensors that change without gradient and belong to the state
     */
    public Training(
            RunDirectory run,
            Stage stage,
            OptimizerSettings settings,
            Precision precision,
            Seed seed,
            NDManager manager,
            Parameters parameters,
            List<Buffers> buffers,
            StopSignal stop) {
        this.run = run;
        this.name = stage.name();
        this.settings = settings;
        this.precision = precision;
        this.schedule = settings.schedule();
        this.seed = seed;
        this.learned = new Learned(parameters, buffers);
        this.stop = stop;
        this.optimizer = new AdamW(manager, parameters, settings.decay());
        this.selection = new Selection(manager, learned, settings);
        this.checkpoints = run.checkpoints(stage);
        checkpoints.latest().ifPresent(this::restore);
        this.resumedAt = step;
        this.metrics = new Metrics(run.metrics(), name, step);
        this.progress = new Progress(name, "steps", step, settings.steps());
    }

    /**
     * Goes to the next step; saves a checkpoint when one is due.
     *
     * @return false when the last step is done or patience is at its end; the parameters are then those to write: the best,
     *     else the average, else the last
     * @throws StoppedException when the process was asked to end; the state is saved then
     */
    public boolean next() {
        if (stop.requested()) {
            save();
            throw new StoppedException(String.format(
                    "%s: stopped and saved after step %d of %d; the same command goes on from here",
                    name, step, settings.steps()));
        }
        if (step == settings.steps() || selection.exhausted()) {
            settle();
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
        return seed(step);
    }

    /** Where the randomness of some step comes from. */
    public Seed seed(long step) {
        return seed.at(step);
    }

    /** How many samples a step has, and in how many parts it works through them. */
    public OptimizerSettings settings() {
        return settings;
    }

    /**
     * Names the samples of this step, so that a message about it can.
     *
     * @param waited how long the step waited for them, in nanoseconds
     */
    public void samples(int[] samples, long waited) {
        this.samples = samples.clone();
        clock.waited(waited);
    }

    /** The numbers that a step computes with. */
    public Precision precision() {
        return precision;
    }

    /** What the loss is multiplied by before the backward pass: 1 in FP32. */
    public float lossScale() {
        return precision == Precision.FP16 ? scale.scale() : 1;
    }

    /**
     * Clips the gradient and moves the parameters. In FP16 a gradient that is not finite moves nothing and lowers the scale.
     *
     * @param gradient (P), in the manager of the step, of the loss times {@link #lossScale}
     * @param losses numbers of this step for the metrics; one is named {@code loss}, which is the sum of the others where
     *     there are several
     * @throws UserError when a loss or the gradient is not finite; the parameters are as before, and the step is described in
     *     {@code nan-STAGE-STEP.json}
     */
    public void update(NDArray gradient, Map<String, Float> losses) {
        if (precision == Precision.FP16) {
            gradient.muli(1 / scale.scale());
        }
        float norm = Clip.toNorm(gradient, settings.clip());
        boolean finite = Float.isFinite(norm) && losses.values().stream().allMatch(Float::isFinite);
        if (!finite && (precision == Precision.FP32 || scale.exhausted())) {
            throw broken(norm, losses);
        }
        if (finite) {
            long start = System.nanoTime();
            optimizer.step(gradient, schedule.rate(step), step - skipped);
            selection.follow(gradient.getManager(), step);
            clock.optimized(System.nanoTime() - start);
            window.add(losses, norm);
        } else {
            skipped++;
        }
        scale = scale.after(finite);
        if (step % WINDOW == 0 || step == settings.steps()) {
            report();
        }
    }

    private UserError broken(float norm, Map<String, Float> losses) {
        Map<String, String> values = new TreeMap<>();
        losses.forEach((term, value) -> values.put(term, value.toString()));
        values.put("gradient norm", Float.toString(norm));
        Path file = run.file("nan-" + name + "-" + step + ".json");
        List<Integer> indexes = Arrays.stream(samples).boxed().toList();
        Json.write(file, new BrokenStep(name, step, seed().value(), indexes, schedule.rate(step), lossScale(), values));
        return new UserError(String.format(
                "%s: a loss or the gradient of step %d is not finite: %s. Its samples are in %s. Lower the rate (%s) "
                        + "or lengthen warmup, then start again.",
                name, step, values, file, settings.rate()));
    }

    private void report() {
        Map<String, Double> means = window.take();
        means.put("rate", schedule.rate(step));
        if (precision == Precision.FP16) {
            means.put("loss scale", (double) scale.scale());
            means.put("skipped steps", (double) skipped);
        }
        measured(means);
        progress.at(step, String.format(Locale.ROOT, "loss %.4f", means.getOrDefault("loss", Double.NaN)));
    }

    /** Records numbers measured now, such as a validation loss. */
    public void measured(Map<String, Double> values) {
        metrics.record(step, values);
    }

    /**
     * Measures the weights as they would be written now, the average where there is one, records the numbers and keeps the
     * weights when they are the best so far.
     *
     * @param goal which number says so
     * @param measure evaluates the parameters; it finds the average in them
     */
    public void validate(Goal goal, Supplier<Map<String, Double>> measure) {
        measured(selection.validate(goal, step, measure));
    }

    /** Leaves in the parameters what is to be written. */
    private void settle() {
        if (!window.isEmpty()) {
            report(); // ended early
        }
        System.err.println(name + ": " + clock.summary(step - resumedAt));
        selection
                .settle()
                .ifPresent(best -> System.err.printf(
                        Locale.ROOT,
                        "%s: the best validation (%.4f) was after step %d of %d; its weights are kept%n",
                        name,
                        best.value(),
                        best.step(),
                        step));
    }

    private void save() {
        Map<String, FloatTensor> tensors = learned.tensors();
        tensors.put(FIRST, StateTensors.of(optimizer.first()));
        tensors.put(SECOND, StateTensors.of(optimizer.second()));
        tensors.put(SCALE, StateTensors.of(scale.scale(), scale.good(), skipped));
        selection.save(tensors);
        window.save(tensors);
        checkpoints.save(new State(step, before + clock.seconds(), tensors));
    }

    private void restore(State state) {
        learned.load(state.tensors(), "checkpoint of " + name);
        optimizer.set(StateTensors.get(state, FIRST), StateTensors.get(state, SECOND));
        float[] scaling = StateTensors.get(state, SCALE);
        scale = new LossScale(scaling[0], (int) scaling[1]);
        skipped = (int) scaling[2];
        selection.restore(state);
        window.restore(state);
        step = state.step();
        before = state.seconds();
    }

    @Override
    public void close() {
        progress.close();
        selection.close();
        optimizer.close();
    }
}
