package dev.glimpse.metric.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.metric.ReferenceData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CocoConformanceTest {
    @Test
    void theTwelveFiguresAndEveryClassAgree() throws IOException {
        BoxScores scores = CocoPrecision.score(truth(), found());
        JsonNode expected = ReferenceData.json("boxes/expected.json");
        for (int i = 0; i < 12; i++) {
            String name = expected.get("order").get(i).asText();
            assertThat(scores.figures().get(name))
                    .as(name)
                    .isCloseTo(expected.get("fakebbox100").get(i).asDouble(), within(1e-9));
        }
        JsonNode perClass = expected.get("fakebbox100_perClass");
        assertThat(scores.perClass()).hasSize(perClass.size());
        scores.perClass()
                .forEach((name, figures) -> figures.forEach((figure, value) -> {
                    JsonNode wanted = perClass.get(name).get(figure);
                    if (wanted.isNull()) {
                        assertThat(value).as(name).isNaN();
                    } else {
                        assertThat(value).as(name).isCloseTo(wanted.asDouble(), within(1e-9));
                    }
                }));
    }

    private static BoxTruth truth() throws IOException {
        JsonNode file = ReferenceData.json("boxes/truth.json");
        List<String> pictures = new ArrayList<>();
        file.get("images").forEach(picture -> pictures.add(picture.get("id").asText()));
        Map<String, String> categories = new LinkedHashMap<>();
        file.get("categories")
                .forEach(c -> categories.put(c.get("id").asText(), c.get("name").asText()));
        List<TrueBox> boxes = new ArrayList<>();
        for (JsonNode one : file.get("annotations")) {
            boxes.add(new TrueBox(
                    one.get("id").asLong(),
                    one.get("image_id").asText(),
                    one.get("category_id").asText(),
                    rectangle(one),
                    one.get("area").asDouble(),
                    one.get("iscrowd").asInt() == 1));
        }
        return new BoxTruth(pictures, categories, boxes);
    }

    private static List<FoundBox> found() throws IOException {
        List<FoundBox> boxes = new ArrayList<>();
        for (JsonNode one : ReferenceData.json("boxes/results.json")) {
            boxes.add(new FoundBox(
                    one.get("image_id").asText(),
                    one.get("category_id").asText(),
                    rectangle(one),
                    one.get("score").asDouble()));
        }
        return boxes;
    }

    private static Rectangle rectangle(JsonNode one) {
        JsonNode box = one.get("bbox");
        return new Rectangle(
                box.get(0).asDouble(),
                box.get(1).asDouble(),
                box.get(2).asDouble(),
                box.get(3).asDouble());
    }
}
