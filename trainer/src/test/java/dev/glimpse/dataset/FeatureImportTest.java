package dev.glimpse.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.ImportedFeatures;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureImportTest {
    private static final int LENGTH = 64;
    private static final String[] KEYS = {"COCO_train2014_000000000001", "2", "3.jpg", "11", "12", "500"};

    @TempDir
    private Path folder = Path.of("");

    private DataFolder out = new DataFolder(folder);

    @BeforeEach
    void write() throws IOException {
        out = new DataFolder(folder.resolve("data"));
        new CocoImport(CocoFiles.write(folder.resolve("coco")), out, Optional.empty(), false, false, new Tally()).run();
    }

    /** Two regions a picture of 20 x 10: a cat at the left with score .4, a dog below with .9. */
    private static String labels(String key) {
        return key + "\t[{\"class\": \"cat\", \"rect\": [0, 0, 10, 10], \"conf\": 0.4}, "
                + "{\"class\": \"dog\", \"rect\": [5.0, 5.0, 20.0, 10.0], \"conf\": 0.9}]";
    }

    /** Features whose first number is the region's, with geometry behind. */
    private static float[] numbers(boolean geometry) {
        int columns = LENGTH + (geometry ? 6 : 0);
        float[] all = new float[2 * columns];
        float[][] boxes = {{0, 0, .5f, 1, .5f, 1}, {.25f, .5f, 1, 1, .75f, .5f}};
        for (int r = 0; r < 2; r++) {
            all[r * columns] = r + 1;
            for (int g = 0; geometry && g < 6; g++) {
                all[r * columns + LENGTH + g] = boxes[r][g];
            }
        }
        return all;
    }

    private static String base64(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private Path tsv(String name, List<String> rows) throws IOException {
        StringBuilder starts = new StringBuilder();
        long position = 0;
        for (String row : rows) {
            starts.append(position).append('\n');
            position += row.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        Files.writeString(folder.resolve(name + ".lineidx"), starts);
        return Files.writeString(folder.resolve(name + ".tsv"), String.join("\n", rows) + "\n");
    }

    private Path labels() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String key : KEYS) {
            rows.add(labels(key));
        }
        return tsv("train.label", rows);
    }

    private Path features(String row) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String key : KEYS) {
            rows.add(key + "\t" + row);
        }
        return tsv("train.feature", rows);
    }

    private Path sizes() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String key : KEYS) {
            rows.add(key + "\t[{\"height\": 10, \"width\": 20}]");
        }
        return tsv("train.hw", rows);
    }

    private static String oscar(float[] numbers) {
        return "{\"num_boxes\": 2, \"features\": \"" + base64(numbers) + "\"}";
    }

    @Test
    void regionsStandByFallingScoreWithoutTheirGeometry() throws IOException {
        Tally tally = new Tally();
        run(labels(), Optional.of(features(oscar(numbers(true)))), sizes(), tally);
        ImportedFeatures written = new ImportedFeatures(out.root().resolve("features"));
        assertThat(Json.read(written.labels(), Labels.class).classes()).containsExactly("cat", "dog");
        FeatureStore train = FeatureStore.open(written.store("train"), Digest.of(written.detector()));
        assertThat(train.size()).isEqualTo(3);
        assertThat(train.header().feature()).isEqualTo(LENGTH);
        assertThat(train.sourceWidth(0)).isEqualTo(20);
        RegionRow row = train.regions(train.index(3));
        assertThat(row.scores()).containsExactly(.9f, .4f, 0);
        assertThat(row.classes()).containsExactly(1, 0, 0);
        assertThat(row.boxes()).startsWith(.25f, .5f, 1, 1, 0, 0, .5f, 1);
        assertThat(row.features()[0]).isEqualTo(2);
        assertThat(row.features()[LENGTH]).isEqualTo(1);
        assertThat(FeatureStore.open(written.store("test")).contains(12)).isTrue();
        assertThat(tally.count("pictures with features of no split")).isEqualTo(1);
    }

    @Test
    void rowsOfThreeFieldsAndFeaturesWithinTheLabelsSayTheSame() throws IOException {
        run(labels(), Optional.of(features("2\t" + base64(numbers(true)))), sizes(), new Tally());
        Path store = new ImportedFeatures(out.root().resolve("features")).store("val");
        float[] first = FeatureStore.open(store).regions(0).features();
        List<String> rows = new ArrayList<>();
        for (String key : KEYS) {
            float[] all = numbers(false);
            String cat = base64(java.util.Arrays.copyOf(all, LENGTH));
            String dog = base64(java.util.Arrays.copyOfRange(all, LENGTH, 2 * LENGTH));
            rows.add(key + "\t{\"image_h\": 10, \"image_w\": 20, \"num_boxes\": 2, \"objects\": ["
                    + "{\"class\": \"cat\", \"rect\": [0, 0, 10, 10], \"conf\": 0.4, \"feature\": \"" + cat + "\"}, "
                    + "{\"class\": \"dog\", \"rect\": [5, 5, 20, 10], \"conf\": 0.9, \"feature\": \"" + dog + "\"}]}");
        }
        Path predictions = tsv("predictions", rows);
        FeatureImport.Source source = new FeatureImport.Source(predictions, Optional.empty());
        new FeatureImport(out, List.of(source), List.of(), 3, new Tally()).run();
        assertThat(FeatureStore.open(store).regions(0).features()).isEqualTo(first);
    }

    @Test
    void regionsBeyondTheirPictureAreCutOrLeftOutAndCounted() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String key : KEYS) {
            rows.add(key + "\t[{\"class\": \"cat\", \"rect\": [-4, 0, 10, 12], \"conf\": 0.4}, "
                    + "{\"class\": \"dog\", \"rect\": [20, 5, 30, 10], \"conf\": 0.9}]");
        }
        Tally tally = new Tally();
        run(tsv("train.label", rows), Optional.of(features(oscar(numbers(false)))), sizes(), tally);
        RegionRow row = FeatureStore.open(new ImportedFeatures(out.root().resolve("features")).store("val"))
                .regions(0);
        assertThat(row.scores()).containsExactly(.4f, 0, 0);
        assertThat(row.boxes()).startsWith(0, 0, .5f, 1, 0, 0, 0, 0);
        assertThat(row.features()[0]).isEqualTo(1);
        assertThat(tally.count("regions outside their picture")).isEqualTo(5);
        assertThat(tally.count("parts of regions beyond the edge of their picture"))
                .isEqualTo(5);
    }

    @Test
    void faultyRowIsNamed() throws IOException {
        Path labels = labels();
        Path sizes = sizes();
        refuses(
                labels,
                features("{\"num_boxes\": 3, \"features\": \"\"}"),
                sizes,
                "train.feature.tsv:1",
                "2 regions",
                "3");
        refuses(labels, features("2\t!!!!"), sizes, "train.feature.tsv:1", "base64");
        refuses(labels, features("2\tAAAA"), sizes, "train.feature.tsv:1", "float32");
        float[] moved = numbers(true);
        moved[LENGTH] = .5f;
        refuses(labels, features(oscar(moved)), sizes, "train.feature.tsv:1", "region 0", "do not belong together");
        float[] endless = numbers(true);
        endless[3] = Float.NaN;
        refuses(labels, features(oscar(endless)), sizes, "train.feature.tsv:1", "NaN");
        Path nothing = tsv("empty.label", List.of("1\t[{\"class\": \"cat\", \"rect\": [0, 0, 10, 10]}]"));
        refuses(nothing, features(oscar(numbers(true))), sizes, "empty.label.tsv:1", "region 0", "conf");
    }

    @Test
    void pictureWithoutSizeOrWithoutFeaturesIsNamed() throws IOException {
        Path features = features(oscar(numbers(true)));
        Path labels = labels();
        assertThatThrownBy(() -> new FeatureImport(
                                out,
                                List.of(new FeatureImport.Source(labels, Optional.of(features))),
                                List.of(),
                                3,
                                new Tally())
                        .run())
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("train.label.tsv:1", "--sizes");
        Path few = tsv("few.label", List.of(labels("1"), labels("2")));
        refuses(few, features, sizes(), "3 pictures", "have no features", "[3, 11, 12]");
    }

    @Test
    void fileThatDoesNotAgreeWithItsIndexIsRefused() throws IOException {
        Path labels = labels();
        Path sizes = sizes();
        Path features = features(oscar(numbers(true)));
        String whole = Files.readString(features);
        Files.writeString(features, whole.replaceFirst("\n2\t", "\n22\t"));
        refuses(labels, features, sizes, "train.feature.tsv:2", "picture 2", "'22'");
        Files.writeString(features, whole.substring(0, whole.lastIndexOf("500\t")));
        refuses(labels, features, sizes, "train.feature.tsv", ".lineidx lists 6");
    }

    private void refuses(Path labels, Path features, Path sizes, String... parts) {
        assertThatThrownBy(() -> run(labels, Optional.of(features), sizes, new Tally()))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(parts);
        assertThat(new ImportedFeatures(out.root().resolve("features")).store("train"))
                .doesNotExist();
    }

    private void run(Path labels, Optional<Path> features, Path sizes, Tally tally) {
        new FeatureImport(out, List.of(new FeatureImport.Source(labels, features)), List.of(sizes), 3, tally).run();
    }
}
