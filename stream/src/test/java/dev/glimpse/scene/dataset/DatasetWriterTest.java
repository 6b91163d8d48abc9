package dev.glimpse.scene.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {
    private static final int IMAGES = 60;

    @TempDir
    private static Path folder;

    @TempDir
    private Path other;

    @BeforeAll
    static void write() {
        new DatasetWriter(folder, 3, IMAGES, 128, 96).write(() -> {});
    }

    private static JsonNode read(String kind, Split split) throws IOException {
        return Json.mapper()
                .readTree(folder.resolve("annotations")
                        .resolve(kind + "_" + split.word() + ".json")
                        .toFile());
    }

    /** Every file below a folder with its bytes. */
    private static Map<String, Integer> digest(Path root) throws IOException {
        Map<String, Integer> digests = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                digests.put(root.relativize(path).toString(), Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return digests;
    }

    @Test
    void sameSeedGivesTheSameBytesOnOneThread() throws Exception {
        ForkJoinPool single = new ForkJoinPool(1);
        try {
            single.submit(() -> new DatasetWriter(other, 3, IMAGES, 128, 96).write(() -> {}))
                    .get();
        } finally {
            single.shutdown();
        }
        assertThat(digest(other)).isEqualTo(digest(folder)).hasSize(IMAGES + 4 * 4 + 3 + 1);
    }

    @Test
    void anotherSeedGivesOtherPictures() throws IOException {
        new DatasetWriter(other, 4, 10, 128, 96).write(() -> {});
        byte[] one = Files.readAllBytes(folder.resolve("images/train/000000000001.jpg"));
        assertThat(Files.readAllBytes(other.resolve("images/train/000000000001.jpg")))
                .isNotEqualTo(one);
    }

    @Test
    void splitsShareOutAllPicturesAndNoIdTwice() throws Exception {
        Set<Integer> ids = new HashSet<>();
        for (Split split : Split.values()) {
            JsonNode images = read("instances", split).get("images");
            assertThat(images).hasSize(split.share(IMAGES));
            for (JsonNode image : images) {
                assertThat(ids.add(image.get("id").asInt())).isTrue();
                Path file = folder.resolve("images")
                        .resolve(split.word())
                        .resolve(image.get("file_name").asText());
                Picture picture = PictureDecoder.decode(Files.readAllBytes(file));
                assertThat(picture.width()).isEqualTo(image.get("width").asInt());
                assertThat(picture.height()).isEqualTo(image.get("height").asInt());
            }
        }
        assertThat(ids).hasSize(IMAGES);
    }

    @Test
    void boxesLieInsideTheirPicturesTwoToSixEach() throws IOException {
        for (Split split : Split.values()) {
            Map<Integer, Integer> count = new LinkedHashMap<>();
            for (JsonNode a : read("instances", split).get("annotations")) {
                JsonNode box = a.get("bbox");
                assertThat(box.get(0).asDouble()).isNotNegative();
                assertThat(box.get(1).asDouble()).isNotNegative();
                assertThat(box.get(0).asDouble() + box.get(2).asDouble()).isLessThanOrEqualTo(128);
                assertThat(box.get(1).asDouble() + box.get(3).asDouble()).isLessThanOrEqualTo(96);
                count.merge(a.get("image_id").asInt(), 1, Integer::sum);
            }
            assertThat(count).hasSize(split.share(IMAGES));
            assertThat(count.values()).allMatch(n -> n >= 2 && n <= 6);
        }
    }

    private static Set<String> pairs(Split split) throws IOException {
        Set<String> pairs = new HashSet<>();
        for (JsonNode a : read("instances", split).get("annotations")) {
            pairs.add(a.get("category_id").asInt() + " "
                    + a.get("attributes").get(0).asText());
        }
        return pairs;
    }

    @Test
    void composeShowsPairsOfKindAndColourThatNoOtherSplitHas() throws IOException {
        Map<Integer, Boolean> novel = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        for (Split split : List.of(Split.TRAIN, Split.VAL, Split.TEST)) {
            known.addAll(pairs(split));
        }
        for (JsonNode a : read("instances", Split.COMPOSE).get("annotations")) {
            String pair = a.get("category_id").asInt() + " "
                    + a.get("attributes").get(0).asText();
            novel.merge(a.get("image_id").asInt(), !known.contains(pair), Boolean::logicalOr);
        }
        assertThat(novel).hasSize(Split.COMPOSE.share(IMAGES)).doesNotContainValue(false);
    }

    @Test
    void everyQuestionHasTenAnswersAndItsBestIsTheMostFrequent() throws IOException {
        for (Split split : Split.values()) {
            JsonNode questions = read("questions", split).get("questions");
            JsonNode annotations = read("annotations", split).get("annotations");
            assertThat(annotations).hasSameSizeAs(questions);
            for (int i = 0; i < questions.size(); i++) {
                JsonNode a = annotations.get(i);
                assertThat(a.get("question_id")).isEqualTo(questions.get(i).get("question_id"));
                Map<String, Integer> counts = new LinkedHashMap<>();
                a.get("answers").forEach(r -> counts.merge(r.get("answer").asText(), 1, Integer::sum));
                assertThat(a.get("answers")).hasSize(10);
                assertThat(counts.get(a.get("multiple_choice_answer").asText()))
                        .isEqualTo(
                                counts.values().stream().max(Integer::compare).orElseThrow());
                assertThat(a.get("answer_type").asText()).isIn("yes/no", "number", "other");
                assertThat(questions.get(i).get("question").asText().split(" ")).hasSizeLessThanOrEqualTo(12);
            }
        }
    }

    @Test
    void ceilingPleasesAllVoicesMoreThanAnyOfThemPleasesTheOthers() throws IOException {
        Map<String, List<String>> references = new LinkedHashMap<>();
        for (JsonNode a : read("captions", Split.TEST).get("annotations")) {
            references
                    .computeIfAbsent(a.get("image_id").asText(), id -> new ArrayList<>())
                    .add(a.get("caption").asText());
        }
        Map<String, String> ceiling = new LinkedHashMap<>();
        read("ceiling", Split.TEST)
                .forEach(a ->
                        ceiling.put(a.get("image_id").asText(), a.get("caption").asText()));
        double best = cider(references, ceiling);
        for (int voice = 0; voice < 5; voice++) {
            Map<String, String> said = new LinkedHashMap<>();
            Map<String, List<String>> others = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> picture : references.entrySet()) {
                List<String> rest = new ArrayList<>(picture.getValue());
                said.put(picture.getKey(), rest.remove(voice));
                others.put(picture.getKey(), rest);
            }
            assertThat(cider(others, said)).isLessThan(best);
        }
    }

    private static double cider(Map<String, List<String>> references, Map<String, String> said) {
        return CaptionMetrics.score(references, said).corpus().getOrDefault("CIDEr", 0.0);
    }

    @Test
    void summaryNamesSeedCountsAndVersion() {
        DatasetWriter.Summary summary = Json.read(folder.resolve("dataset.json"), DatasetWriter.Summary.class);
        assertThat(summary)
                .isEqualTo(new DatasetWriter.Summary(
                        DatasetWriter.VERSION,
                        3,
                        IMAGES,
                        128,
                        96,
                        41,
                        15,
                        Map.of("train", 47, "val", 4, "test", 5, "compose", 4)));
    }
}
