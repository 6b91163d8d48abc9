package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.array.Scalar;
import dev.glimpse.batch.Pictures;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.network.WholeCaptions;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Goal;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.Training;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.FusionSize;
import dev.glimpse.text.CaptionedPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Self-critical sequence training (Rennie et al., arXiv 1612.00563): a captioning student in, {@code
 * student-caption.safetensors} out that writes captions of higher CIDEr-D. Drawn captions that score better than the one it would
 * write itself become likelier, worse ones less likely:
 *
 * <pre>  L = -1/W sum_c (r(c) - r(greedy)) sum_t log p(c_t | c_1 .. c_t-1, picture),  W words of all drawn captions  </pre>
 *
 * Without dropout, so that what was drawn is what is trained [D].
 */
final class ScstRecipe implements Recipe {
    /** The student between caption and scst. */
    static final String START = "student-caption-supervised";

    private static final Goal GOAL = Goal.highest("val CIDEr");
    private static final int VALIDATED = 128;
    private static final int WINDOW = 20;

    private final Job job;
    private final Role role;
    private final TrainConfig.Scst settings;

    ScstRecipe(Job job) {
        this.job = job;
        this.role = Role.student(job.config(), "scst", Optional.of(START), CaptionRecipe.KIND);
        this.settings = job.config()
                .scst()
                .orElseThrow(() -> new UserError("the settings have no section scst, so there is no such stage"));
    }

    /** Kind of checkpoint that the stage caption writes. */
    static String start(TrainConfig config) {
        return config.scst().isPresent() ? START : CaptionRecipe.KIND;
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        List<Path> inputs = role.inputs(run, "train", "val");
        inputs.add(config.data().annotations("captions", "train"));
        inputs.add(config.data().annotations("captions", "val"));
        return new Stage(
                role.stage(),
                List.of(config.seed(), role, settings, config.caption().share()),
                inputs,
                List.of(RunFiles.fusion(run, role.result())));
    }

    @Override
    public void run() {
        Seed seed = new Seed(job.config().seed()).at(role.stage());
        try (FusionContext context = new FusionContext(job);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters parameters = new Parameters(manager, FusionTensors.captioning(context.size()), seed)) {
            try (FusionFile start = FusionContext.open(job, role)) {
                start.requireSize(context.size());
                start.load(parameters);
            }
            train(context, manager, parameters, seed);
            Path file = RunFiles.fusion(job.run(), role.result());
            FusionFile.write(file, role.result(), context.size(), context.layout(), parameters);
        }
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Seed seed) {
        FusionSize size = context.size();
        List<CaptionedPicture> captioned =
                context.captioned("train", job.config().caption().share());
        Pictures pictures = context.pictures("train");
        CaptionReward reward = new CaptionReward(captioned);
        Captioning greedy = new Captioning(manager, parameters, size, context.layout(), context.tokenizer());
        SampledCaptions sampled = new SampledCaptions(
                manager, parameters, size, context.layout(), context.tokenizer(), settings.samples());
        FusionContext.requireEnough(
                role.stage(), captioned.size(), settings.optimizer().batch());
        Shuffle order = new Shuffle(seed.at("order"), captioned.size());
        DataParallel parallel = new DataParallel(manager, parameters, job.devices());
        try (Training training = new Training(
                job.run(), stage(), settings.optimizer(), seed, manager, parameters, List.of(), job.stop())) {
            while (training.next()) {
                int[] samples =
                        order.batch(training.step(), settings.optimizer().batch());
                training.samples(samples, 0);
                List<CaptionedPicture> shown =
                        Arrays.stream(samples).mapToObj(captioned::get).toList();
                Drawn drawn = draw(shown, pictures, greedy, sampled, reward, training.seed());
                parallel.step(
                        training,
                        (step, weights, part) ->
                                losses(step, Fusion.evaluating(size, weights), context, pictures, drawn, part));
                if (training.step() % WINDOW == 0) {
                    training.measured(drawn.rewards());
                }
                boolean last = training.step() == settings.optimizer().steps();
                if (last || training.step() % settings.optimizer().checkpointEvery() == 0) {
                    training.validate(GOAL, () -> validate(context, greedy));
                }
            }
        }
    }

    /**
     * What was drawn for one step.
     *
     * @param pictures (P) numbers
     * @param captions (P x samples, C)
     * @param advantages (P x samples): reward beyond that of the greedy caption
     * @param rewards mean rewards, for the metrics
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
    private record Drawn(int[] pictures, int[][] captions, double[] advantages, Map<String, Double> rewards) {}

    private Drawn draw(
            List<CaptionedPicture> shown,
            Pictures pictures,
            Captioning greedy,
            SampledCaptions sampled,
            CaptionReward reward,
            Seed seed) {
        int[] chosen = shown.stream().mapToInt(p -> pictures.index(p.id())).toArray();
        int[][] captions = sampled.draw(pictures, chosen, seed.at("captions").random());
        List<Long> ids =
                new ArrayList<>(shown.stream().map(CaptionedPicture::id).toList());
        List<String> texts = new ArrayList<>(greedy.captions(pictures, chosen, chosen.length, 1));
        for (int c = 0; c < captions.length; c++) {
            ids.add(shown.get(c / settings.samples()).id());
            texts.add(sampled.text(captions[c]));
        }
        double[] rewards = reward.of(ids, texts);
        double[] advantages = IntStream.range(0, captions.length)
                .mapToDouble(c -> rewards[shown.size() + c] - rewards[c / settings.samples()])
                .toArray();
        Map<String, Double> means = new LinkedHashMap<>(); // in one order: equal runs are equal bytes
        means.put(
                "reward greedy",
                Arrays.stream(rewards, 0, shown.size()).average().orElseThrow());
        means.put(
                "reward drawn",
                Arrays.stream(rewards, shown.size(), rewards.length).average().orElseThrow());
        return new Drawn(chosen, captions, advantages, means);
    }

    private Map<String, NDArray> losses(
            NDManager step, Fusion fusion, FusionContext context, Pictures pictures, Drawn drawn, Part part) {
        int from = part.from() * settings.samples();
        int to = part.to() * settings.samples();
        int length = context.layout().caption();
        int pad = context.tokenizer().pad();
        int[][] captions = Arrays.copyOfRange(drawn.captions(), from, to);
        int[][] tags = new int[captions.length][];
        List<RegionRow> rows = new ArrayList<>();
        long[] targets = new long[captions.length * length];
        float[] factors = new float[captions.length * length];
        for (int c = 0; c < captions.length; c++) {
            int picture = drawn.pictures()[(from + c) / settings.samples()];
            tags[c] = pictures.tags(picture);
            rows.add(pictures.regions(picture));
            for (int t = 1; t < length && captions[c][t] != pad; t++) {
                targets[c * length + t] = captions[c][t];
                factors[c * length + t] = (float) -drawn.advantages()[from + c];
            }
        }
        NDArray logits = WholeCaptions.logits(
                step, fusion, context.layout(), captions, context.tokenizer().mask(), tags, rows);
        NDArray log = logits.reshape(targets.length, -1).logSoftmax(1);
        NDArray chosen = log.gather(step.create(targets).expandDims(1), 1); // (N, 1)
        NDArray sum =
                chosen.mul(step.create(factors, new Shape(factors.length, 1))).sum();
        long words =
                Arrays.stream(drawn.captions()).mapToLong(c -> words(c, pad)).sum();
        return Map.of("critic", Scalar.times(sum, 1 / (words * part.share()))); // parts add up to the mean over all W
    }

    /** How many words a caption has, its end included, its beginning not. */
    private static long words(int[] caption, int pad) {
        return Arrays.stream(caption).skip(1).takeWhile(word -> word != pad).count();
    }

    /** {@code val CIDEr} of greedy captions. */
    private static Map<String, Double> validate(FusionContext context, Captioning greedy) {
        List<CaptionedPicture> all = context.captioned("val");
        List<CaptionedPicture> some = all.subList(0, Math.min(VALIDATED, all.size()));
        Pictures pictures = context.pictures("val");
        int[] chosen = some.stream().mapToInt(p -> pictures.index(p.id())).toArray();
        List<String> captions = greedy.captions(pictures, chosen, 64, 1);
        double[] scores = new CaptionReward(all)
                .of(some.stream().map(CaptionedPicture::id).toList(), captions);
        return Map.of("val CIDEr", Arrays.stream(scores).average().orElseThrow());
    }
}
