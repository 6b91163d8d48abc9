package dev.glimpse.train;

import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stage {@code text}: training captions, questions, answers and the names of classes in, {@code tokenizer.json} and {@code
 * answers.json} out, which student and teacher share.
 */
final class TextRecipe implements Recipe {
    private final Job job;

    TextRecipe(Job job) {
        this.job = job;
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        List<Path> inputs = new ArrayList<>(List.of(
                config.data().annotations("captions", "train"),
                config.data().annotations("questions", "train"),
                config.data().annotations("annotations", "train"),
                RunFiles.labels(run)));
        Start.file(config, Start.TOKENIZER).ifPresent(inputs::add);
        return new Stage(
                "text",
                List.of(config.text(), config.vqa().minAnswers()),
                inputs,
                List.of(RunFiles.tokenizer(run), RunFiles.answers(run)));
    }

    @Override
    public void run() {
        TextPreparation.write(job);
    }
}
