package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.distillation.TermWeights;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.report.Report;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.text.CaptionedPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationStagesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void studentLearnsFromItsTeacherInEveryStage() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        RunDirectory run = micro.run();
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.taught(stop, 0, 80);
            PretrainRecipe.teacher(job).run();
            PretrainRecipe.adaptation(job).run();
            CaptionRecipe.teacher(job).run();
            VqaRecipe.teacher(job).run();
            new PretrainRecipe(job).run();
            new TeacherCaptionRecipe(job).run();
            new CaptionRecipe(job).run();
            new ScstRecipe(job).run();
            new VqaRecipe(job).run();
            new EvaluateRecipe(job).run();
        }
        assertThat(Files.readString(RunFiles.teacherCaptions(run)).replaceAll("\\s", ""))
                .as("one order of fields, whatever the virtual machine")
                .startsWith("{\"images\":[{\"id\":1,\"file_name\":")
                .containsPattern("\"annotations\":\\[\\{\"id\":1,\"image_id\":1,\"caption\":");
        Report.SplitReport test =
                Json.read(run.file("report.json"), Report.class).splits().get("test");
        assertThat(Objects.requireNonNull(test).greedy())
                .hasEntrySatisfying("CIDEr", c -> assertThat(c).isGreaterThan(1));
        assertThat(test.vqa().overall()).isGreaterThan(60);
        Stream.of("attention", "relations", "hidden").forEach(term -> assertThat(names(run, "pretrain"))
                .contains(term + " caption", term + " tags", term + " regions"));
        assertThat(names(run, "vqa")).contains("attention question", "hidden regions", "classification");
        assertThat(names(run, "scst")).contains("critic", "reward greedy", "reward drawn", "val CIDEr");
        assertThat(loss(run, "pretrain", true)).isLessThan(0.8 * loss(run, "pretrain", false));
    }

    @Test
    void severalDevicesShareTheTeacherAndItsQueue() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            TermWeights weights = new TermWeights(10, 1, 0.1, 0.5, 1, 0.1);
            Job job = micro.job(stop, 0, 3, 40, Optional.of(MicroRun.teacher(40, 0, true)), weights);
            PretrainRecipe.teacher(job).run();
            PretrainRecipe.adaptation(job).run();
            VqaRecipe.teacher(job).run();
            new PretrainRecipe(job).run();
            new VqaRecipe(job).run();
        }
        for (String stage : List.of("pretrain", "vqa")) {
            assertThat(loss(micro.run(), stage, true)).isLessThan(0.9 * loss(micro.run(), stage, false));
        }
    }

    private static Set<String> names(RunDirectory run, String stage) {
        Set<String> names = new TreeSet<>();
        Metrics.read(run.metrics()).stream()
                .filter(r -> r.stage().equals(stage))
                .forEach(r -> names.add(r.name()));
        return names;
    }

    private static double loss(RunDirectory run, String stage, boolean last) {
        return Metrics.read(run.metrics()).stream()
                .filter(r -> r.stage().equals(stage) && r.name().equals("loss"))
                .mapToDouble(Metrics.Row::value)
                .reduce((a, b) -> last ? b : a)
                .orElseThrow();
    }

    @Test
    void studentWithoutWeightsNeverAsksForATeacher() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            Job alone = micro.job(stop, 0, 1, 20);
            Job weightless = micro.job(stop, 0, 1, 20, Optional.of(MicroRun.teacher(20, 0, true)), TermWeights.NONE);
            assertThat(new PretrainRecipe(weightless).stage()).isEqualTo(new PretrainRecipe(alone).stage());
            new PretrainRecipe(weightless).run(); // there is no teacher's file that it could read
            new CaptionRecipe(weightless).run();
            new VqaRecipe(weightless).run();
        }
        assertThat(names(micro.run(), "pretrain"))
                .containsExactly("gradient norm", "loss", "matching", "rate", "val words", "words");
        assertThat(names(micro.run(), "vqa")).containsExactly("answers", "gradient norm", "loss", "rate", "val score");
    }

    @Test
    void resumedDistillationWritesTheSameBytesAsAnUnbrokenOne() throws IOException {
        MicroRun broken = new MicroRun(folder, "broken");
        MicroRun whole = new MicroRun(folder, "whole");
        try (StopSignal stop = new StopSignal()) {
            Job job = broken.taught(stop, 0.1, 50);
            PretrainRecipe.teacher(job).run();
            PretrainRecipe.adaptation(job).run();
            for (String kind : new String[] {Role.TEACHER_PRETRAINED, Role.TEACHER_ADAPTED}) {
                Files.copy(RunFiles.fusion(broken.run(), kind), RunFiles.fusion(whole.run(), kind));
            }
        }
        try (StopSignal stop = new StopSignal()) {
            Thread later = new Thread(() -> {
                while (!Files.exists(broken.run().file("checkpoints/pretrain/step-40"))) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            later.start();
            assertThatThrownBy(() -> new PretrainRecipe(broken.taught(stop, 0.1, 50)).run())
                    .isInstanceOf(StoppedException.class);
        }
        try (StopSignal stop = new StopSignal()) {
            new PretrainRecipe(broken.taught(stop, 0.1, 50)).run();
            new PretrainRecipe(whole.taught(stop, 0.1, 50)).run();
        }
        assertThat(RunFiles.fusion(broken.run(), PretrainRecipe.KIND))
                .hasSameBinaryContentAs(RunFiles.fusion(whole.run(), PretrainRecipe.KIND));
    }

    @Test
    void teacherHasNoGradientAndNoDropout() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal();
                NDManager root = NDManager.newBaseManager(Device.cpu())) {
            Job job = micro.taught(stop, 0.5, 10);
            PretrainRecipe.teacher(job).run();
            PretrainRecipe.adaptation(job).run();
            VqaRecipe.teacher(job).run();
            try (FusionContext student = new FusionContext(job);
                    Teacher teacher = new Teacher(job, root, student, Role.TEACHER_VQA, FusionTensors::answering)) {
                QuestionTask.Batch batch = student.questions("train").batch(new int[] {0, 1, 2});
                int before = root.getManagedArrays().size();
                try (NDManager step = root.newSubManager()) {
                    Fusion.Encoded once = teacher.encode(step, teacher.sees(batch));
                    Fusion.Encoded again = teacher.encode(step, teacher.sees(batch));
                    assertThat(once.states().hasGradient()).isFalse();
                    assertThat(again.states().toFloatArray())
                            .containsExactly(once.states().toFloatArray());
                }
                assertThat(root.getManagedArrays()).hasSize(before);
            }
        }
    }

    @Test
    void shareIsTheFirstPicturesOfCaptionsAndOfQuestions() throws IOException {
        try (StopSignal stop = new StopSignal();
                FusionContext context = new FusionContext(new MicroRun(folder, "run").job(stop, 0, 1, 10))) {
            List<CaptionedPicture> captioned = context.captioned("train");
            assertThat(context.captioned("train", 0.25)).isEqualTo(captioned.subList(0, captioned.size() / 4));
            assertThat(context.captioned("train", 0.001)).isEqualTo(captioned.subList(0, 1));
            Set<Long> first = captioned.subList(0, captioned.size() / 4).stream()
                    .map(CaptionedPicture::id)
                    .collect(Collectors.toSet());
            assertThat(context.learnableQuestions(0.25).size())
                    .isEqualTo((int) context.asked("train").stream()
                            .filter(q -> first.contains(q.picture()))
                            .count())
                    .isPositive();
            assertThat(context.learnableQuestions(1).size())
                    .isEqualTo(context.asked("train").size());
        }
    }

    @Test
    void teacherCaptionsAreThoseOfTheShareOrOfAllPictures() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal();
                FusionContext context = new FusionContext(micro.job(stop, 0, 1, 10))) {
            List<CaptionedPicture> all = context.captioned("train");
            List<CaptionedPicture> quarter = all.subList(0, all.size() / 4);
            Path teacher =
                    folder.resolve("data/annotations/captions_train.json"); // as if it had written what people did
            assertThat(captions(context, TrainConfig.TeacherCaptions.NONE, teacher))
                    .isEqualTo(quarter);
            assertThat(captions(context, TrainConfig.TeacherCaptions.SHARE, teacher))
                    .isEqualTo(joined(quarter, quarter));
            assertThat(captions(context, TrainConfig.TeacherCaptions.ALL, teacher))
                    .isEqualTo(joined(quarter, all));
        }
    }

    private static List<CaptionedPicture> captions(
            FusionContext context, TrainConfig.TeacherCaptions captions, Path teacher) {
        TrainConfig.Caption whole =
                new TrainConfig.Caption(MicroRun.optimizer(10), new TrainConfig.Masking(0.35, 5), 0.1);
        TrainConfig.Caption quarter = new TrainConfig.Caption(
                whole.optimizer(), whole.masking(), whole.labelSmoothing(), 0.25, captions, whole.distillation());
        return CaptionRecipe.captions(context, quarter, teacher);
    }

    private static List<CaptionedPicture> joined(List<CaptionedPicture> some, List<CaptionedPicture> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @Test
    void teacherOnOtherBoxesThanTheStudentsIsRefusedByPictureAndRow() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.taught(stop, 0, 10);
            PretrainRecipe.teacher(job).run();
            PretrainRecipe.adaptation(job).run();
            moveBoxes(RunFiles.teacherFeatures(micro.run(), "train"));
            assertThatThrownBy(() -> new PretrainRecipe(job).run())
                    .isInstanceOf(UserError.class)
                    .hasMessageMatching("picture \\d+, row 0: the student's box is .*, the teacher's .*"
                            + "Run the features stage again\\.");
        }
    }

    /** Writes a feature store anew with every box moved. */
    private static void moveBoxes(Path file) {
        FeatureStore store = FeatureStore.open(file);
        try (FeatureWriter writer = new FeatureWriter(file, store.header())) {
            for (int i = 0; i < store.size(); i++) {
                RegionRow row = store.regions(i);
                row.boxes()[0] += 0.01f;
                writer.append(store.imageId(i), store.sourceWidth(i), store.sourceHeight(i), row);
            }
            writer.finish();
        }
    }

    @Test
    void settingsThatAskForATeacherMustHaveOneWithAsManyHeads() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        TermWeights weights = new TermWeights(10, 0, 0, 0, 0, 0);
        TeacherConfig teacher = MicroRun.teacher(20, 0, true);
        TeacherConfig manyHeads = new TeacherConfig(
                teacher.detector(),
                new TeacherConfig.Transformer(2, 48, 6, 96, 0, 0),
                teacher.pretrain(),
                teacher.adapt(),
                teacher.caption(),
                teacher.vqa(),
                true,
                true);
        try (StopSignal stop = new StopSignal()) {
            assertThatThrownBy(() -> micro.job(stop, 0, 1, 20, Optional.empty(), weights))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(
                            "there is no section teacher; add one, or set the weights of distillation to 0");
            assertThatThrownBy(() -> micro.job(stop, 0, 1, 20, Optional.of(manyHeads), weights))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("fusion.heads is 4, teacher.fusion.heads is 6");
        }
    }

    @Test
    void teacherThatKeepsToItsOwnBoxesCanTeachForComparison() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        TermWeights weights = new TermWeights(10, 1, 0, 0, 1, 0);
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.job(stop, 0, 1, 20, Optional.of(MicroRun.teacher(20, 0, false)), weights);
            PretrainRecipe.teacher(job).run();
            CaptionRecipe.teacher(job).run();
            new PretrainRecipe(job).run();
        }
        assertThat(names(micro.run(), "pretrain")).contains("hidden regions", "classification");
        assertThat(RunFiles.fusion(micro.run(), Role.TEACHER_ADAPTED)).doesNotExist();
    }
}
