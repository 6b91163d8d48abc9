package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.Pictures;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Progress;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StoppedException;
import dev.glimpse.seed.Seed;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.CaptionedPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stage {@code teacher-captions}: the captioning teacher and the training pictures in, {@code teacher-captions-train.json} out: its
 * best caption of each by beam search, in COCO's format, which the student may learn from (sequence-level distillation, Kim and
 * Rush, arXiv 1606.07947).
 */
final class TeacherCaptionRecipe implements Recipe {
    private final Job job;
    private final TeacherConfig teacher;
    private final TrainConfig.Evaluate settings;

    TeacherCaptionRecipe(Job job) {
        this.job = job;
        this.teacher = Role.teacher(job.config());
        this.settings = job.config().evaluate();
    }

    @Override
    public Stage stage() {
        RunDirectory run = job.run();
        List<Path> inputs = new ArrayList<>(Role.files(teacher.teaches(), run, "train"));
        inputs.add(job.config().data().annotations("captions", "train"));
        inputs.add(RunFiles.labels(run));
        inputs.add(RunFiles.tokenizer(run));
        inputs.add(RunFiles.answers(run));
        inputs.add(RunFiles.fusion(run, Role.TEACHER_CAPTION));
        return new Stage(
                "teacher-captions",
                List.of(teacher.teaches(), settings.beams()),
                inputs,
                List.of(RunFiles.teacherCaptions(run)));
    }

    @Override
    public void run() {
        TrainConfig.Fusion fusion = teacher.fusion().with(job.config().fusion().layout());
        try (FusionContext context = new FusionContext(job, fusion, teacher.teaches());
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters parameters = new Parameters(manager, FusionTensors.captioning(context.size()), new Seed(0));
                FusionFile file =
                        new FusionFile(RunFiles.fusion(job.run(), Role.TEACHER_CAPTION), Role.TEACHER_CAPTION)) {
            file.requireSize(context.size());
            file.load(parameters);
            Captioning captioning =
                    new Captioning(manager, parameters, context.size(), context.layout(), context.tokenizer());
            write(context, captioning);
        }
    }

    private void write(FusionContext context, Captioning captioning) {
        List<CaptionedPicture> captioned = context.captioned("train");
        Pictures pictures = context.pictures("train");
        int[] chosen = captioned.stream().mapToInt(p -> pictures.index(p.id())).toArray();
        List<CaptionedPicture> written = new ArrayList<>();
        try (Progress progress = new Progress("teacher-captions", "pictures", 0, chosen.length)) {
            for (int from = 0; from < chosen.length; from += settings.batch()) {
                if (job.stop().requested()) {
                    throw new StoppedException("teacher-captions: stopped; the same command begins this stage again");
                }
                int to = Math.min(chosen.length, from + settings.batch());
                List<String> captions = captioning.captions(
                        pictures, Arrays.copyOfRange(chosen, from, to), settings.batch(), settings.beams());
                for (int i = from; i < to; i++) {
                    CaptionedPicture picture = captioned.get(i);
                    written.add(
                            new CaptionedPicture(picture.id(), picture.fileName(), List.of(captions.get(i - from))));
                }
                progress.at(to, "");
            }
        }
        CaptionFile.write(RunFiles.teacherCaptions(job.run()), written);
    }
}
