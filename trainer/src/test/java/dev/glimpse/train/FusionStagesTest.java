package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.json.Json;
import dev.glimpse.report.Report;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusionStagesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void studentLearnsToCaptionAndToAnswer() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.job(stop, 0, 1, 200);
            new PretrainRecipe(job).run();
            new CaptionRecipe(job).run();
            new VqaRecipe(job).run();
            new EvaluateRecipe(job).run();
        }
        RunDirectory run = micro.run();
        assertThat(last(run, "pretrain", "val words")).isLessThan(1.0);
        assertThat(last(run, "caption", "val words")).isLessThan(0.55);
        assertThat(last(run, "vqa", "val score")).isGreaterThan(0.9);
        Report.SplitReport test =
                Json.read(run.file("report.json"), Report.class).splits().get("test");
        assertThat(test).isNotNull();
        assertThat(Objects.requireNonNull(test).greedy())
                .hasEntrySatisfying("CIDEr", c -> assertThat(c).isGreaterThan(2));
        assertThat(test.beam()).hasEntrySatisfying("CIDEr", c -> assertThat(c).isGreaterThan(2));
        assertThat(test.boxes()).containsEntry("AP50", 1.0);
        assertThat(test.vqa().overall()).isGreaterThan(90);
        assertThat(run.file("report.html")).content().contains("<svg", "CIDEr", "caption words");
    }

    @Test
    void resumedStageWritesTheSameBytesAsAnUnbrokenOne() throws IOException {
        MicroRun broken = new MicroRun(folder, "broken");
        try (StopSignal stop = new StopSignal()) {
            Thread later = new Thread(() -> {
                while (!Files.exists(broken.run().file("checkpoints/pretrain/step-40"))) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            later.start();
            assertThatThrownBy(() -> new PretrainRecipe(broken.job(stop, 0.1, 1, 70)).run())
                    .isInstanceOf(StoppedException.class);
        }
        MicroRun whole = new MicroRun(folder, "whole");
        try (StopSignal stop = new StopSignal()) {
            new PretrainRecipe(broken.job(stop, 0.1, 1, 70)).run();
            new PretrainRecipe(whole.job(stop, 0.1, 1, 70)).run();
        }
        assertThat(RunFiles.fusion(broken.run(), PretrainRecipe.KIND))
                .hasSameBinaryContentAs(RunFiles.fusion(whole.run(), PretrainRecipe.KIND));
        assertThat(broken.run().metrics()).hasSameTextualContentAs(whole.run().metrics());
    }

    @Test
    void batchDividedAmongTwoDevicesLearnsAsWell() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            new PretrainRecipe(micro.job(stop, 0, 2, 120)).run();
        }
        assertThat(last(micro.run(), "pretrain", "val words")).isLessThan(1.5);
    }

    private static double last(RunDirectory run, String stage, String name) {
        return Metrics.read(run.metrics()).stream()
                .filter(r -> r.stage().equals(stage) && r.name().equals(name))
                .mapToDouble(Metrics.Row::value)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void unchangedStageIsDoneAndAChangedOneIsNot() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        try (StopSignal stop = new StopSignal()) {
            Recipe recipe = new PretrainRecipe(micro.job(stop, 0, 1, 10));
            recipe.run();
            micro.run().finish(recipe.stage(), 1);
            assertThat(micro.run().isDone(recipe.stage())).isTrue();
            assertThat(micro.run().isDone(new PretrainRecipe(micro.job(stop, 0.1, 1, 10)).stage()))
                    .isFalse();
        }
    }
}
