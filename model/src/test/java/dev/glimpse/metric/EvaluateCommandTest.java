package dev.glimpse.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.cli.Cli;
import dev.glimpse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final String CAPTIONS = """
            {"images": [{"id": 1}, {"id": "b"}], "annotations": [
              {"image_id": 1, "id": 1, "caption": "A dog runs on the grass."},
              {"image_id": "b", "id": 2, "caption": "Two cats sleep."},
              {"image_id": 1, "id": 3, "caption": "The dog is running."}]}
            """;
    private static final String GOOD = """
            [{"image_id": "1", "caption": "a dog runs"}, {"image_id": "b", "caption": "two cats sleep"}]
            """;
    private static final String QUESTIONS = """
            {"annotations": [{"question_id": 5, "image_id": 1, "question_type": "is", "answer_type": "yes/no",
              "answers": [{"answer": "yes", "answer_id": 1}, {"answer": "yes", "answer_id": 2}]}]}
            """;
    private static final String BOXES = """
            {"images": [{"id": 1}, {"id": 2}], "categories": [{"id": 3, "name": "cat"}], "annotations": [
              {"id": 1, "image_id": 1, "category_id": 3, "bbox": [0, 0, 50, 50], "area": 2500, "iscrowd": 0}]}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int evaluate(String what, String truth, String results, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(what, "--truth", file("truth.json", truth)));
        arguments.addAll(List.of("--results", file("results.json", results)));
        arguments.addAll(List.of(more));
        return Cli.run(new EvaluateCommand(), arguments.toArray(String[]::new));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private JsonNode json() {
        return Json.read(folder.resolve("out.json"), JsonNode.class);
    }

    private String[] toJson() {
        return new String[] {"--json", folder.resolve("out.json").toString()};
    }

    private void assertRefused(int exit, String... words) {
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(words).doesNotContain("\tat ");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void captionsAreScoredWithIdsAsTheTruthWritesThem() throws IOException {
        assertThat(evaluate("captions", CAPTIONS, GOOD, toJson())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 pictures, 3 reference captions", "CIDEr");
        assertThat(json().at("/images/0/image_id").isNumber()).isTrue();
        assertThat(json().at("/images/1/image_id").asText()).isEqualTo("b");
        assertThat(json().at("/images/1/ROUGE_L").asDouble()).isEqualTo(1);
        assertThat(json().at("/bleu_totals/testlen").asInt()).isEqualTo(6);
        assertThat(json().at("/corpus/Bleu_1").asDouble()).isPositive();
    }

    @Test
    void anUnknownPictureIsRefusedWithFileAndRecord() throws IOException {
        int exit = evaluate("captions", CAPTIONS, GOOD.replace("]", ", {\"image_id\": 9, \"caption\": \"x\"}]"));
        assertRefused(exit, "results.json: [2]: picture 9 is not in the truth", "--lenient");
    }

    @Test
    void aMissingResultIsRefused() throws IOException {
        int exit = evaluate("captions", CAPTIONS, "[{\"image_id\": 1, \"caption\": \"x\"}]");
        assertRefused(exit, "results.json: expected a result for every picture", "none for b (1 of 2", "--lenient");
    }

    @Test
    void aSecondResultIsRefused() throws IOException {
        int exit = evaluate("captions", CAPTIONS, GOOD.replace("]", ", {\"image_id\": 1, \"caption\": \"x\"}]"));
        assertRefused(exit, "results.json: [2]: picture 1 has a result already, at [0]");
    }

    @Test
    void malformedJsonIsRefusedWithItsLine() throws IOException {
        int exit = evaluate("captions", CAPTIONS, "[\n{\"image_id\": 1,}]");
        assertRefused(exit, "results.json: line 2", "malformed JSON");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        assertRefused(evaluate("captions", CAPTIONS, ""), "results.json", "found an empty file");
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        assertRefused(evaluate("captions", CAPTIONS, "[{\"image_id\": 1}]"), "[0]: expected field \"caption\"");
    }

    @Test
    void aFieldOfAnotherKindIsNamed() throws IOException {
        assertRefused(
                evaluate("captions", CAPTIONS, "[{\"image_id\": 1, \"caption\": 7}]"),
                "[0]: field \"caption\": expected text, found 7");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        int exit = Cli.run(new EvaluateCommand(), "captions", "--truth", "none.json", "--results", "none.json");
        assertRefused(exit, "none.json: expected a JSON file, found none");
    }

    @Test
    void aListWhereAnObjectBelongsIsRefused() throws IOException {
        assertRefused(evaluate("captions", "[]", GOOD), "truth.json: expected an object", "found a list");
    }

    @Test
    void lenientScoresTheIntersectionAndSaysSo() throws IOException {
        String results = "[{\"image_id\": 1, \"caption\": \"x\"}, {\"image_id\": 1, \"caption\": \"y\"},"
                + "{\"image_id\": 9, \"caption\": \"z\"}]";
        assertThat(evaluate("captions", CAPTIONS, results, "--lenient")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1 pictures", "left out 1 without a result, 1 results of unknown ones, 1 repeated");
    }

    @Test
    void aBootstrapNeedsDraws() throws IOException {
        assertThat(evaluate("captions", CAPTIONS, GOOD, "--bootstrap", "0")).isEqualTo(2);
    }

    @Test
    void twoResultsAreCompared() throws IOException {
        String other = file("other.json", GOOD.replace("two cats sleep", "a mouse"));
        String[] more = {
            "--against",
            other,
            "--bootstrap",
            "50",
            "--json",
            folder.resolve("out.json").toString()
        };
        assertThat(evaluate("captions", CAPTIONS, GOOD, more)).isZero();
        assertThat(json().at("/against/ROUGE_L/difference").asDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(json().at("/intervals/CIDEr/high").isNumber()).isTrue();
    }

    @Test
    void documentFrequenciesComeFromAFile() throws IOException {
        String frequencies = file("df.json", "{\"documents\": 10, \"pictures\": {\"a\": 10}}");
        String[] more = {"--df", frequencies, "--tokenize", "none"};
        assertThat(evaluate("captions", CAPTIONS, GOOD, more)).isZero();
        assertThat(evaluate("captions", CAPTIONS, GOOD, "--df", file("captions.json", CAPTIONS)))
                .isZero();
        int exit = evaluate("captions", CAPTIONS, GOOD, "--df", file("bad.json", "{\"documents\": 0}"));
        assertRefused(exit, "bad.json", "\"documents\", at least 1");
    }

    @Test
    void answersAreScored() throws IOException {
        String questions = file("questions.json", "{\"questions\": [{\"question_id\": 5, \"question\": \"Is it?\"}]}");
        String[] more = {
            "--questions", questions, "--json", folder.resolve("out.json").toString()
        };
        assertThat(evaluate("vqa", QUESTIONS, "[{\"question_id\": 5, \"answer\": \"yes\"}]", more))
                .isZero();
        assertThat(json().at("/accuracy/overall").asDouble()).isEqualTo(33.33);
        assertThat(json().at("/accuracy/perAnswerType/yes~1no").asDouble()).isEqualTo(33.33);
        assertThat(json().at("/perQuestion/5").asDouble()).isEqualTo(33.33);
    }

    @Test
    void aQuestionThatIsNotAskedIsRefused() throws IOException {
        String questions = file("questions.json", "{\"questions\": []}");
        int exit = evaluate("vqa", QUESTIONS, "[{\"question_id\": 5, \"answer\": \"yes\"}]", "--questions", questions);
        assertRefused(exit, "questions.json", "question 5 is not there");
    }

    @Test
    void boxesAreScored() throws IOException {
        String results = "[{\"image_id\": 1, \"category_id\": 3, \"bbox\": [0, 0, 50, 50], \"score\": 0.5}]";
        String[] more = {"--voc", "0.5", "--json", folder.resolve("out.json").toString()};
        assertThat(evaluate("boxes", BOXES, results, more)).isZero();
        assertThat(json().at("/AP").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(json().at("/APs").asDouble()).isEqualTo(-1);
        assertThat(json().at("/perClass/cat/AP50").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(json().at("/voc/AP_11_point").asDouble()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aBoxOfAnUnknownPictureIsRefusedUnlessLenient() throws IOException {
        String results = "[{\"image_id\": 9, \"category_id\": 3, \"bbox\": [0, 0, 50, 50], \"score\": 0.5}]";
        assertRefused(evaluate("boxes", BOXES, results), "results.json: [0]: picture 9 is not in the truth");
        assertThat(evaluate("boxes", BOXES, results, "--lenient")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("left out 1 boxes");
    }

    @Test
    void aBoxWithThreeNumbersIsRefused() throws IOException {
        String results = "[{\"image_id\": 1, \"category_id\": 3, \"bbox\": [0, 0, 50], \"score\": 0.5}]";
        assertRefused(evaluate("boxes", BOXES, results), "[0]: field \"bbox\": expected [x, y, width, height]");
    }

    @Test
    void anAnnotationThatIsThereTwiceIsRefused() throws IOException {
        String twice = BOXES.replace("}]}", "}, " + BOXES.substring(BOXES.indexOf("{\"id\": 1, \"image")));
        assertRefused(evaluate("boxes", twice, "[]"), "truth.json: annotations[1]: annotation 1 is there twice");
    }

    @Test
    void noBoxAtAllIsRefusedUnlessLenient() throws IOException {
        assertRefused(evaluate("boxes", BOXES, "[]"), "expected at least one box, found none");
        assertThat(evaluate("boxes", BOXES, "[]", "--lenient")).isZero();
    }

    @Test
    void aCommandWithoutItsSubjectIsWrongUse() {
        assertThat(Cli.run(new EvaluateCommand())).isEqualTo(2);
    }
}
