package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.Pictures;
import dev.glimpse.json.Json;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.text.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The fine-tuned teacher and the split test in, {@code teacher-report.json} and {@code captions/teacher.json} out: how good it
 * is on some boxes, and what it says.
 */
final class TeacherEvaluateRecipe implements Recipe {
    private static final String SPLIT = "test";

    private final Job job;
    private final Regions regions;
    private final TrainConfig.Evaluate settings;

    /**
     * Content of the file.
     *
     * @param cider CIDEr-D by beam search, 1.0 = 100 points
     * @param vqa accuracy, percent
     */
    record Scores(double cider, double vqa) {}

    TeacherEvaluateRecipe(Job job, Regions regions) {
        this.job = job;
        this.regions = regions;
        this.settings = job.config().evaluate();
    }

    /** On the boxes on which it teaches. */
    static TeacherEvaluateRecipe ofRun(Job job) {
        boolean aligned = job.config().teacher().orElseThrow().aligned();
        return new TeacherEvaluateRecipe(job, aligned ? Regions.ALIGNED : Regions.TEACHER);
    }

    static Path file(RunDirectory run) {
        return run.file("teacher-report.json");
    }

    @Override
    public Stage stage() {
        RunDirectory run = job.run();
        List<Path> inputs = new ArrayList<>(Role.files(regions, run, SPLIT));
        for (String kind : List.of("captions", "questions", "annotations")) {
            inputs.add(job.config().data().annotations(kind, SPLIT));
        }
        inputs.add(RunFiles.labels(run));
        inputs.add(RunFiles.tokenizer(run));
        inputs.add(RunFiles.answers(run));
        inputs.add(RunFiles.fusion(run, Role.TEACHER_CAPTION));
        inputs.add(RunFiles.fusion(run, Role.TEACHER_VQA));
        return new Stage(
                "teacher-evaluate",
                List.of(regions, settings),
                inputs,
                List.of(file(run), CaptionResults.other(run, "teacher")));
    }

    @Override
    public void run() {
        TrainConfig.Fusion fusion =
                Role.teacher(job.config()).fusion().with(job.config().fusion().layout());
        try (FusionContext context = new FusionContext(job, fusion, regions);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0))) {
            FusionSize size = context.size();
            Json.write(file(job.run()), new Scores(cider(context, manager, size), vqa(context, manager, size)));
        }
    }

    private double cider(FusionContext context, NDManager manager, FusionSize size) {
        try (Parameters parameters = load(manager, size, Role.TEACHER_CAPTION, FusionTensors.captioning(size))) {
            List<CaptionedPicture> captioned = context.captioned(SPLIT);
            Pictures pictures = context.pictures(SPLIT);
            int[] chosen =
                    captioned.stream().mapToInt(p -> pictures.index(p.id())).toArray();
            List<String> found = new Captioning(manager, parameters, size, context.layout(), context.tokenizer())
                    .captions(pictures, chosen, settings.batch(), settings.beams());
            CaptionResults.write(CaptionResults.other(job.run(), "teacher"), captioned, found);
            return EvaluateRecipe.captions(captioned, found).getOrDefault("CIDEr", Double.NaN);
        }
    }

    private double vqa(FusionContext context, NDManager manager, FusionSize size) {
        try (Parameters parameters = load(manager, size, Role.TEACHER_VQA, FusionTensors.answering(size))) {
            List<Question> asked = context.asked(SPLIT);
            List<String> found = new Answering(manager, parameters, size, context.answers())
                    .answers(context.questions(SPLIT), settings.batch());
            return EvaluateRecipe.vqa(asked, found).overall();
        }
    }

    private Parameters load(NDManager manager, FusionSize size, String kind, List<ParameterSpec> specs) {
        Parameters parameters = new Parameters(manager, specs, new Seed(0));
        try (FusionFile file = new FusionFile(RunFiles.fusion(job.run(), kind), kind)) {
            file.requireSize(size);
            file.load(parameters);
        }
        return parameters;
    }
}
