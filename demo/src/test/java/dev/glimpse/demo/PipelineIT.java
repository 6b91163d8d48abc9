package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Labels;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.cli.Cli;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.decode.Search;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.export.ExportCommand;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.network.CachedCaptioner;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.scene.ScenesCommand;
import dev.glimpse.seed.Seed;
import dev.glimpse.token.TagTable;
import dev.glimpse.token.Tokenizer;
import dev.glimpse.train.TrainCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way by its commands, from drawn scenes to captions: what was trained is what runs. */
class PipelineIT {
    private static final float TOLERANCE = 1e-3f;

    @TempDir
    private static Path work;

    private static Path run;
    private static Path data;
    private static List<Sight> sights;
    private static FeatureStore trained;

    @BeforeAll
    static void trainAndExport() throws Exception {
        data = work.resolve("data");
        run = work.resolve("run");
        Path bundle = work.resolve("bundle");
        String settings = Files.readString(Path.of("..", "configs", "micro", "train.yaml"));
        Path config = Files.writeString(work.resolve("train.yaml"), settings.replace(": data/micro", ": " + data));
        assertThat(Cli.run(new ScenesCommand(), "--out", data.toString(), "--images", "60", "--seed", "1"))
                .isZero();
        assertThat(Cli.run(new TrainCommand(), config.toString(), "--run", run.toString()))
                .isZero();
        assertThat(Cli.run(new ExportCommand(), run.toString(), "--out", bundle.toString()))
                .isZero();
        trained = FeatureStore.open(run.resolve("features-test.bin"));
        try (BundleCaptioner captioner = new BundleCaptioner(BundleReader.open(bundle), new OrtEngine(2), 1)) {
            sights = captioner.look(pictures());
        }
    }

    private static List<Picture> pictures() throws Exception {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            String name = String.format("%012d.jpg", trained.imageId(i));
            pictures.add(PictureDecoder.decode(
                    Files.readAllBytes(data.resolve("images").resolve("test").resolve(name))));
        }
        return pictures;
    }

    @Test
    void theCompiledDetectorSeesWhatTheTrainedOneSaw() {
        int regions = 0;
        for (int i = 0; i < trained.size(); i++) {
            RegionRow expected = trained.regions(i);
            RegionFeatures found = sights.get(i).features();
            assertThat(found.scores()).containsExactly(expected.scores(), within(TOLERANCE));
            assertThat(found.boxes()).containsExactly(expected.boxes(), within(TOLERANCE));
            assertThat(found.features()).containsExactly(expected.features(), within(TOLERANCE * 10));
            regions += sights.get(i).regions().size();
        }
        assertThat(regions).isPositive();
    }

    @Test
    void theCompiledTransformerSaysWhatTheTrainedOneSaid() {
        List<Hypothesis> expected = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.load(run.resolve("tokenizer.json"));
                FusionFile file = new FusionFile(run.resolve("student-caption.safetensors"), "student-caption");
                NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, FusionTensors.captioning(file.size()), new Seed(0))) {
            file.load(parameters);
            TagTable table = new TagTable(
                    tokenizer,
                    Json.read(run.resolve("labels.json"), Labels.class).classes());
            for (int i = 0; i < trained.size(); i++) {
                RegionRow row = trained.regions(i);
                int[] tags =
                        table.tokens(row.classes(), row.scores(), file.layout().tags());
                try (NDManager step = manager.newSubManager();
                        CachedCaptioner next = new CachedCaptioner(
                                step,
                                file.size(),
                                file.layout(),
                                parameters.constant(step),
                                new int[][] {tags},
                                List.of(row),
                                1,
                                tokenizer.mask())) {
                    Search search = new Search(tokenizer, file.layout().caption() - 2, 1);
                    expected.add(search.run(next, 1).get(0));
                }
                texts.add(tokenizer.decode(expected.get(i).ids()));
            }
        }
        for (int i = 0; i < texts.size(); i++) {
            assertThat(sights.get(i).caption().text()).isEqualTo(texts.get(i));
            double probability = sights.get(i).caption().words().stream()
                    .mapToDouble(word -> Math.log(word.probability()))
                    .sum();
            double trainedProbability = expected.get(i).tokens().stream()
                    .mapToDouble(Hypothesis.Token::logProbability)
                    .sum();
            assertThat(probability).isCloseTo(trainedProbability, within(0.01));
        }
    }
}
