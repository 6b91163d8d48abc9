package dev.glimpse.train;

import dev.glimpse.run.FullMemory;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The stages of a run, by the names of the command line. */
final class Stages {
    private Stages() {}

    /** The stages in their order. Each recipe of a stage is skipped and resumed by itself. */
    static Map<String, List<Function<Job, Recipe>>> of(TrainConfig config) {
        Map<String, List<Function<Job, Recipe>>> recipes = new LinkedHashMap<>();
        boolean teacher = config.teacher().isPresent();
        recipes.put(
                "detectors",
                teacher ? List.of(DetectorRecipe::new, TeacherDetectorRecipe::new) : List.of(DetectorRecipe::new));
        recipes.put(
                "features",
                teacher
                        ? List.of(FeatureRecipe::student, FeatureRecipe::teacher, TeacherFeatureRecipe::new)
                        : List.of(FeatureRecipe::student));
        recipes.put("text", List.of(TextRecipe::new));
        recipes.put("teacher", teacher(config));
        recipes.put("pretrain", List.of(PretrainRecipe::new));
        recipes.put(
                "teacher-captions",
                config.caption().teacherCaptions() == TrainConfig.TeacherCaptions.NONE
                        ? List.of()
                        : List.of(TeacherCaptionRecipe::new));
        recipes.put("caption", List.of(CaptionRecipe::new));
        recipes.put("scst", config.scst().isPresent() ? List.of(ScstRecipe::new) : List.of());
        recipes.put("vqa", List.of(VqaRecipe::new));
        recipes.put(
                "evaluate",
                teacher ? List.of(TeacherEvaluateRecipe::ofRun, EvaluateRecipe::new) : List.of(EvaluateRecipe::new));
        if (config.data().features().exist()) {
            recipes.put("detectors", List.of());
            recipes.put("features", List.of(ImportedFeatureRecipe::new));
        }
        return recipes;
    }

    /** The trainings of the teacher's transformer. */
    private static List<Function<Job, Recipe>> teacher(TrainConfig config) {
        List<Function<Job, Recipe>> recipes = new ArrayList<>();
        config.teacher().ifPresent(teacher -> {
            recipes.add(PretrainRecipe::teacher);
            if (teacher.adapted()) {
                recipes.add(PretrainRecipe::adaptation);
            }
            recipes.add(CaptionRecipe::teacher);
            recipes.add(VqaRecipe::teacher);
        });
        return recipes;
    }

    /** Runs a stage, unless it is done. */
    static void run(Recipe recipe, RunDirectory run) {
        Stage stage = recipe.stage();
        run.inputs(stage);
        if (run.isDone(stage)) {
            System.err.printf("%s: settings and inputs unchanged, skipped%n", stage.name());
            return;
        }
        System.err.printf("%s: begins%n", stage.name());
        double before = run.secondsBefore(stage);
        long start = System.nanoTime();
        try {
            recipe.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            FullMemory.explain(stage.name(), e).ifPresent(told -> {
                throw told;
            });
            throw e;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        run.finish(stage, before + seconds);
        System.err.printf(Locale.ROOT, "%s: done in %.0f s%n", stage.name(), seconds);
    }
}
