package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Labels;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.ImportedFeatures;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.run.Digest;
import dev.glimpse.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedFeaturesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void featuresOfOthersStandWhereTheDetectorsWouldStand() throws IOException {
        MicroRun micro = new MicroRun(folder, "run");
        Files.delete(RunFiles.features(micro.run(), "train"));
        Files.delete(RunFiles.studentDetector(micro.run()));
        ImportedFeatures imported = new ImportedFeatures(folder.resolve("data/features"));
        Files.createDirectories(imported.folder());
        String detector = imported.write(new Labels(List.of("ball"), List.of()), List.of("features.tsv"));
        try (FeatureWriter writer =
                new FeatureWriter(imported.store("train"), FeatureHeader.of("train", 1, 1, 2, detector))) {
            writer.append(7, 100, 50, new RegionRow(new float[4], new float[1], new int[1], new float[2]));
            writer.finish();
        }
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.job(stop, 0, 1, 10);
            new ImportedFeatureRecipe(job).run();
            assertThat(new ImportedFeatureRecipe(job).stage().outputs()).allMatch(Files::exists);
            assertThat(job.config().data().hasDetectorClasses()).isFalse();
        }
        FeatureStore store = FeatureStore.open(
                RunFiles.features(micro.run(), "train"), Digest.of(RunFiles.studentDetector(micro.run())));
        assertThat(store.imageId(0)).isEqualTo(7);
    }

    @Test
    void startOfAnUnknownPartIsRefused() throws IOException {
        String settings = Files.readString(Path.of("../configs/micro/train.yaml"));
        Path file = Files.writeString(folder.resolve("train.yaml"), settings + "\nstart: {student: a, techer: b}\n");
        assertThatThrownBy(() -> StrictYaml.load(file, TrainConfig.class))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("train.yaml", "'techer'", "teacher-detector");
        Path right = Files.writeString(folder.resolve("train.yaml"), settings + "\nstart: {teacher: a.safetensors}\n");
        TrainConfig config = StrictYaml.load(right, TrainConfig.class);
        assertThatThrownBy(() -> Start.file(config, Start.TEACHER))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("a.safetensors", "start.teacher");
        assertThat(Start.file(config, Start.STUDENT)).isEmpty();
    }
}
