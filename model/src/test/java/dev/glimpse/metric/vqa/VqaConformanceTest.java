package dev.glimpse.metric.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.metric.ReferenceData;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class VqaConformanceTest {
    @Test
    void everyStepOfTheNormaliserAgreesOnEveryCase() throws IOException {
        JsonNode cases = ReferenceData.json("vqa/normaliser_cases.json");
        assertThat(cases.size()).isEqualTo(218);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : cases) {
            String in = one.get("in").asText();
            String stripped = AnswerNormaliser.strip(in);
            softly.assertThat(stripped).as(in).isEqualTo(one.get("after_strip").asText());
            softly.assertThat(AnswerNormaliser.punctuation(stripped))
                    .as(in)
                    .isEqualTo(one.get("after_punctuation").asText());
            softly.assertThat(AnswerNormaliser.normalise(in))
                    .as(in)
                    .isEqualTo(one.get("out").asText());
        }
        softly.assertAll();
    }

    @Test
    void majorityAnswersScoreAsPublished() throws IOException {
        compare("majority", 96.60);
    }

    @Test
    void priorAnswersScoreAsPublished() throws IOException {
        compare("prior", 33.41);
    }

    private static void compare(String name, double always) throws IOException {
        List<VqaQuestion> questions = new ArrayList<>();
        for (JsonNode one : ReferenceData.json("vqa/test_annotations.json.gz").get("annotations")) {
            questions.add(question(one));
        }
        Map<String, String> predictions = new HashMap<>();
        for (JsonNode one : ReferenceData.json("vqa/predictions_" + name + ".json")) {
            predictions.put(one.get("question_id").asText(), one.get("answer").asText());
        }
        JsonNode expected = ReferenceData.json("vqa/expected_" + name + ".json");
        VqaScores scores = VqaAccuracy.score(questions, predictions, Normalisation.REFERENCE);
        assertThat(scores.overall()).isCloseTo(expected.get("overall_10dp").asDouble(), within(1e-9));
        compareGroups(scores, expected.get("accuracy"));
        assertThat(scores.perQuestion()).hasSize(expected.get("perQuestion").size());
        scores.perQuestion().forEach((id, value) -> assertThat(VqaScores.rounded(value))
                .as(id)
                .isEqualTo(expected.get("perQuestion").get(id).asDouble()));
        assertThat(VqaScores.rounded(VqaAccuracy.score(questions, predictions, Normalisation.ALWAYS)
                        .overall()))
                .isEqualTo(always);
    }

    private static void compareGroups(VqaScores scores, JsonNode accuracy) {
        assertThat(VqaScores.rounded(scores.overall()))
                .isEqualTo(accuracy.get("overall").asDouble());
        assertThat(scores.perAnswerType()).hasSize(accuracy.get("perAnswerType").size());
        scores.perAnswerType().forEach((type, value) -> assertThat(VqaScores.rounded(value))
                .as(type)
                .isEqualTo(accuracy.get("perAnswerType").get(type).asDouble()));
        assertThat(scores.perQuestionType())
                .hasSize(accuracy.get("perQuestionType").size());
        scores.perQuestionType().forEach((type, value) -> assertThat(VqaScores.rounded(value))
                .as(type)
                .isEqualTo(accuracy.get("perQuestionType").get(type).asDouble()));
    }

    @Test
    void bothVersionsOfTheProgramAgreeOnAwkwardPredictions() throws IOException {
        JsonNode subset = ReferenceData.json("vqa/subset400.json");
        List<VqaQuestion> questions = new ArrayList<>();
        Map<String, String> predictions = new HashMap<>();
        for (JsonNode one : subset.get("questions")) {
            questions.add(question(one));
            predictions.put(
                    one.get("question_id").asText(), one.get("prediction").asText());
        }
        VqaScores reference = VqaAccuracy.score(questions, predictions, Normalisation.REFERENCE);
        VqaScores always = VqaAccuracy.score(questions, predictions, Normalisation.ALWAYS);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : subset.get("questions")) {
            String id = one.get("question_id").asText();
            softly.assertThat(VqaScores.rounded(reference.perQuestion().getOrDefault(id, -1.0)))
                    .as(id)
                    .isEqualTo(one.get("expected").asDouble());
            softly.assertThat(VqaScores.rounded(always.perQuestion().getOrDefault(id, -1.0)))
                    .as(id)
                    .isEqualTo(one.get("expected_2016").asDouble());
        }
        softly.assertAll();
        compareGroups(reference, subset.get("accuracy"));
        compareGroups(always, subset.get("accuracy_2016"));
    }

    private static VqaQuestion question(JsonNode one) {
        List<HumanAnswer> answers = new ArrayList<>();
        for (JsonNode answer : one.get("answers")) {
            answers.add(
                    answer.isTextual()
                            ? new HumanAnswer(answer.asText(), Integer.toString(answers.size()))
                            : new HumanAnswer(
                                    answer.get("answer").asText(),
                                    answer.get("answer_id").asText()));
        }
        return new VqaQuestion(
                one.get("question_id").asText(),
                one.get("image_id").asText(),
                one.get("question_type").asText(),
                one.get("answer_type").asText(),
                answers);
    }
}
