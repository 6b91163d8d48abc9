package dev.glimpse.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import dev.glimpse.text.Question;
import dev.glimpse.text.QuestionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqaImportTest {
    @TempDir
    private Path folder = Path.of("");

    private DataFolder out = new DataFolder(folder);
    private final Tally tally = new Tally();

    @BeforeEach
    void write() throws IOException {
        out = new DataFolder(folder.resolve("data"));
        Path coco = CocoFiles.write(folder.resolve("coco"));
        new CocoImport(coco, out, Optional.of(CocoFiles.karpathy(coco)), false, false, tally).run();
        questions("train2014", question(1, 10), question(3, 30), question(77, 770));
        annotations("train2014", answered(1, 10), answered(3, 30), answered(77, 770));
        questions("val2014", question(11, 110));
        annotations("val2014", answered(11, 110));
    }

    @Test
    void aQuestionGoesToTheSplitOfItsPicture() {
        new VqaImport(folder, out, tally).run();
        assertThat(read("train")).extracting(Question::picture).containsExactly(1L);
        assertThat(read("test")).extracting(Question::picture).containsExactly(3L);
        assertThat(read("val")).extracting(Question::picture).containsExactly(11L);
        assertThat(read("val").get(0).chosen()).isEqualTo("net");
        assertThat(read("val").get(0).truth().answers()).hasSize(2);
        StringWriter text = new StringWriter();
        tally.print(new PrintWriter(text));
        assertThat(text.toString()).contains("1 questions about pictures of no split (such as question 770)");
    }

    @Test
    void questionWithoutAnswersIsRefused() throws IOException {
        annotations("val2014");
        assertThatThrownBy(() -> new VqaImport(folder, out, tally).run())
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("1 questions have no answers", "question 110");
        assertThat(out.annotations("annotations", "train")).doesNotExist();
    }

    @Test
    void answersAboutAnotherPictureAreRefused() throws IOException {
        annotations("val2014", answered(1, 110));
        assertThatThrownBy(() -> new VqaImport(folder, out, tally).run())
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("v2_mscoco_val2014", "question 110", "image 1", "image 11");
    }

    @Test
    void missingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("v2_OpenEnded_mscoco_val2014_questions.json"));
        assertThatThrownBy(() -> new VqaImport(folder, out, tally).run())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("v2_OpenEnded_mscoco_val2014_questions.json");
    }

    private List<Question> read(String split) {
        return QuestionFile.read(out.annotations("questions", split), out.annotations("annotations", split));
    }

    private static String question(long picture, long id) {
        return "{\"image_id\": %d, \"question\": \"What is this?\", \"question_id\": %d}".formatted(picture, id);
    }

    private static String answered(long picture, long id) {
        return """
                {"question_type": "what is", "multiple_choice_answer": "net", "image_id": %d, "answer_type": "other",
                 "question_id": %d, "answers": [{"answer": "net", "answer_confidence": "yes", "answer_id": 1},
                 {"answer": "a net", "answer_confidence": "no", "answer_id": 2}]}""".formatted(picture, id);
    }

    private void questions(String part, String... questions) throws IOException {
        Files.writeString(folder.resolve("v2_OpenEnded_mscoco_" + part + "_questions.json"), """
                {"info": {}, "task_type": "Open-Ended", "data_type": "mscoco", "license": {}, "data_subtype": "%s",
                 "questions": [%s]}""".formatted(
                        part, String.join(",", questions)));
    }

    private void annotations(String part, String... annotations) throws IOException {
        Files.writeString(folder.resolve("v2_mscoco_" + part + "_annotations.json"), """
                {"info": {}, "license": {}, "annotations": [%s]}""".formatted(
                        String.join(",", annotations)));
    }
}
