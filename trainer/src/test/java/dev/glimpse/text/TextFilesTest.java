package dev.glimpse.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Answers;
import dev.glimpse.error.UserError;
import dev.glimpse.metric.vqa.VqaQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void captionsComeBackAsTheyWereWritten() {
        List<CaptionedPicture> captioned = List.of(
                new CaptionedPicture(7, "seven.jpg", List.of("a ball", "one red ball")),
                new CaptionedPicture(3, "three.jpg", List.of("a cat")));
        Path file = folder.resolve("captions.json");
        CaptionFile.write(file, captioned);
        assertThat(CaptionFile.read(file)).isEqualTo(captioned);
    }

    @Test
    void captionsAreGatheredByPictureAndUnknownFieldsPassedOver() throws IOException {
        Path file = Files.writeString(folder.resolve("captions.json"), """
                {"info": {}, "images": [{"id": 2, "file_name": "b.jpg", "license": 1}, {"id": 1, "file_name": "a.jpg"}],
                 "annotations": [{"id": 5, "image_id": 1, "caption": "one"}, {"id": 6, "image_id": 1, "caption": "two"}]}
                """);
        assertThat(CaptionFile.read(file)).containsExactly(new CaptionedPicture(1, "a.jpg", List.of("one", "two")));
    }

    @Test
    void captionOfAnUnlistedPictureIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("captions.json"), """
                {"images": [], "annotations": [{"id": 5, "image_id": 7, "caption": "one"}]}
                """);
        assertThatThrownBy(() -> CaptionFile.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("picture 7");
    }

    @Test
    void emptyCaptionIsRefused() throws IOException {
        for (String caption : List.of("\"  \"", "null")) {
            Path file = Files.writeString(folder.resolve("captions.json"), """
                    {"annotations": [{"id": 5, "image_id": 7, "caption": %s}],
                     "images": [{"id": 7, "file_name": "a.jpg"}]}
                    """.formatted(caption));
            assertThatThrownBy(() -> CaptionFile.read(file))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll("captions.json", "picture 7", "empty");
        }
    }

    @Test
    void faultyElementIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("captions.json"), """
                {"images": [{"id": 7, "file_name": "a.jpg"}],
                 "annotations": [{"id": 5, "image_id": 7, "caption": "one"}, {"id": 6, "caption": "two"}]}
                """);
        assertThatThrownBy(() -> CaptionFile.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("captions.json", "annotations[1]", "image_id");
    }

    @Test
    void multipleChoiceAnswerCountsForTheVocabulary() throws IOException {
        Path questions = Files.writeString(folder.resolve("questions.json"), """
                {"questions": [{"question_id": 1, "image_id": 7, "question": "what?"},
                               {"question_id": 2, "image_id": 7, "question": "where?"}]}
                """);
        Path annotations = Files.writeString(folder.resolve("annotations.json"), """
                {"annotations": [
                 {"question_id": 2, "question_type": "w", "answer_type": "other", "image_id": 7,
                  "answers": [{"answer": "here"}, {"answer": "there"}, {"answer": "there"}]},
                 {"question_id": 1, "question_type": "w", "answer_type": "other", "image_id": 7,
                  "multiple_choice_answer": "B", "answers": [{"answer": "a"}, {"answer": "b"}]}]}
                """);
        List<Question> read = QuestionFile.read(questions, annotations);
        assertThat(read).extracting(Question::chosen).containsExactly("B", "there");
        AnswerTable table = new AnswerTable(AnswerTable.build(read.subList(0, 1), 1));
        assertThat(table.text(0)).isEqualTo("b");
        assertThat(table.answerable(read)).containsExactly(read.get(0));
    }

    @Test
    void questionWithoutAnswersIsRefused() throws IOException {
        Path questions = Files.writeString(folder.resolve("questions.json"), """
                {"questions": [{"question_id": 1, "image_id": 7, "question": "what?"}]}
                """);
        Path none = Files.writeString(folder.resolve("none.json"), "{\"annotations\": []}");
        Path empty = Files.writeString(folder.resolve("empty.json"), """
                {"annotations": [{"question_id": 1, "question_type": "w", "answer_type": "o", "answers": []}]}
                """);
        for (Path annotations : List.of(none, empty)) {
            assertThatThrownBy(() -> QuestionFile.read(questions, annotations))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll(annotations.getFileName().toString(), "question 1");
        }
    }

    @Test
    void softScoreIsThreeTenthsPerPersonUpToOne() {
        AnswerTable table = new AnswerTable(new Answers(List.of("red", "blue", "green")));
        Question question = question("red", "red", "red", "red", "Blue", "blue", "green", "pink");
        assertThat(table.scores(question)).isEqualTo(Map.of(0, 1f, 1, 0.6f, 2, 0.3f));
    }

    @Test
    void answersStandByFallingCountOfTheQuestionsTheyWin() {
        List<Question> questions =
                List.of(question("yes", "no", "yes"), question("2"), question("no"), question("no", "no", "yes"));
        assertThat(AnswerTable.build(questions, 1).answers()).containsExactly("no", "2", "yes");
        assertThat(AnswerTable.build(questions, 2).answers()).containsExactly("no");
        assertThatThrownBy(() -> AnswerTable.build(questions, 3)).hasMessageContaining("lower vqa.minAnswers");
    }

    private static Question question(String... answers) {
        return new Question(1, "?", VqaQuestion.of("1", "1", "what", "other", List.of(answers)));
    }
}
