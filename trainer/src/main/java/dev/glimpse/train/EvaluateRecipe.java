package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.Instances;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.batch.Pictures;
import dev.glimpse.bundle.Labels;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.metric.vqa.Normalisation;
import dev.glimpse.metric.vqa.VqaAccuracy;
import dev.glimpse.metric.vqa.VqaScores;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.report.Report;
import dev.glimpse.report.ReportPage;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.seed.Seed;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.text.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Evaluation: the trained student and the splits test and compose in, {@code report.json}, {@code report.html} and {@code
 * captions-SPLIT.json} out. Captions of others, {@code captions/NAME.json}, are shown beside the student's.
 */
final class EvaluateRecipe implements Recipe {
    private final Job job;
    private final TrainConfig.Evaluate settings;
    private final TrainConfig.Data data;

    EvaluateRecipe(Job job) {
        this.job = job;
        this.settings = job.config().evaluate();
        this.data = job.config().data();
    }

    /** test, and compose where it is there. */
    private List<String> splits() {
        return Stream.of("test", "compose")
                .filter(s -> s.equals("test") || Files.exists(data.annotations("captions", s)))
                .toList();
    }

    @Override
    public Stage stage() {
        RunDirectory run = job.run();
        List<Path> inputs = new ArrayList<>(List.of(
                RunFiles.labels(run),
                RunFiles.tokenizer(run),
                RunFiles.answers(run),
                RunFiles.studentDetector(run),
                RunFiles.fusion(run, CaptionRecipe.KIND),
                RunFiles.fusion(run, VqaRecipe.KIND)));
        for (String split : splits()) {
            for (String kind : List.of("captions", "questions", "annotations")) {
                inputs.add(data.annotations(kind, split));
            }
            if (data.hasDetectorClasses()) {
                inputs.add(data.annotations("instances", split));
            }
            inputs.add(RunFiles.features(run, split));
        }
        inputs.addAll(CaptionResults.others(run));
        List<Path> outputs = new ArrayList<>(List.of(run.file("report.json"), run.file("report.html")));
        splits().forEach(split -> outputs.add(CaptionResults.file(run, split)));
        return new Stage("evaluate", List.of(job.config().seed(), settings), inputs, outputs);
    }

    @Override
    public void run() {
        RunDirectory run = job.run();
        try (FusionContext context = new FusionContext(job);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters caption = new Parameters(manager, FusionTensors.captioning(context.size()), new Seed(0));
                Parameters vqa = new Parameters(manager, FusionTensors.answering(context.size()), new Seed(0))) {
            load(context, caption, CaptionRecipe.KIND);
            load(context, vqa, VqaRecipe.KIND);
            Captioning captioning =
                    new Captioning(manager, caption, context.size(), context.layout(), context.tokenizer());
            Answering answering = new Answering(manager, vqa, context.size(), context.answers());
            List<Report.Sample> samples = new ArrayList<>();
            Map<String, Report.SplitReport> splits = new LinkedHashMap<>();
            for (String split : splits()) {
                splits.put(split, evaluate(context, captioning, answering, split, samples));
            }
            Map<String, Long> parameters = new LinkedHashMap<>();
            parameters.put(CaptionRecipe.KIND, caption.count());
            parameters.put(VqaRecipe.KIND, vqa.count());
            Report report = new Report(job.config().name(), job.config().seed(), parameters, splits);
            Json.write(run.file("report.json"), report);
            write(run.file("report.html"), ReportPage.of(report, Metrics.read(run.metrics()), samples));
        }
    }

    private void load(FusionContext context, Parameters parameters, String kind) {
        try (FusionFile file = new FusionFile(RunFiles.fusion(job.run(), kind), kind)) {
            file.requireSize(context.size());
            file.load(parameters);
        }
    }

    private Report.SplitReport evaluate(
            FusionContext context,
            Captioning captioning,
            Answering answering,
            String split,
            List<Report.Sample> samples) {
        List<CaptionedPicture> captioned = context.captioned(split);
        Pictures pictures = context.pictures(split);
        int[] chosen = captioned.stream().mapToInt(p -> pictures.index(p.id())).toArray();
        List<String> greedy = captioning.captions(pictures, chosen, settings.batch(), 1);
        List<Hypothesis> found = captioning.hypotheses(pictures, chosen, settings.batch(), settings.beams());
        List<String> beam = captioning.texts(found);
        CaptionResults.write(CaptionResults.file(job.run(), split), captioned, beam);
        List<Question> asked = context.asked(split);
        List<String> answers = answering.answers(context.questions(split), settings.batch());
        VqaScores vqa = vqa(asked, answers);
        if (split.equals("test")) {
            List<CaptionResults> others = CaptionResults.others(job.run()).stream()
                    .map(CaptionResults::read)
                    .toList();
            samples.addAll(new ReportSamples(context, data.images(split), captioning, others)
                    .of(split, settings.samples(), captioned, found, asked, answers));
        }
        return new Report.SplitReport(
                captioned.size(),
                asked.size(),
                boxes(context, split),
                captions(captioned, greedy),
                captions(captioned, beam),
                new Report.Vqa(vqa.overall(), vqa.perAnswerType(), vqa.perQuestionType()));
    }

    /** How good the boxes are; nothing where the detector's classes are of another data set. */
    private Map<String, Double> boxes(FusionContext context, String split) {
        if (!data.hasDetectorClasses()) {
            return Map.of();
        }
        Labels labels = Json.read(RunFiles.labels(job.run()), Labels.class);
        return StoredBoxes.score(Instances.read(data.annotations("instances", split), labels), context.store(split));
    }

    static Map<String, Double> captions(List<CaptionedPicture> captioned, List<String> found) {
        Map<String, List<String>> references = new LinkedHashMap<>();
        Map<String, String> candidates = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            String id = Long.toString(captioned.get(i).id());
            references.put(id, captioned.get(i).captions());
            candidates.put(id, found.get(i));
        }
        return CaptionMetrics.score(references, candidates).corpus();
    }

    static VqaScores vqa(List<Question> asked, List<String> answers) {
        Map<String, String> predictions = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            predictions.put(asked.get(i).truth().id(), answers.get(i));
        }
        return VqaAccuracy.score(asked.stream().map(Question::truth).toList(), predictions, Normalisation.REFERENCE);
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
        }
    }
}
