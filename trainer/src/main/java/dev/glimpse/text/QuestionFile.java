package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.vqa.VqaQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads questions and their answers in the format of VQA v2. */
public final class QuestionFile {
    private QuestionFile() {}

    /**
     * Reads {@code questions[].question_id, image_id, question} of one file and {@code annotations[].question_id,
     * question_type, answer_type, answers[].answer} of the other.
     *
     * @return one entry per question, in the order of the questions
     * @throws dev.glimpse.error.UserError when a file is missing or not of this format, or a question has no answers
     */
    public static List<Question> read(Path questions, Path annotations) {
        Map<Long, JsonNode> answered = new HashMap<>();
        for (JsonNode node : Fields.array(annotations, Json.read(annotations, JsonNode.class), "annotations")) {
            answered.put(Fields.number(annotations, node, "question_id"), node);
        }
        List<Question> read = new ArrayList<>();
        for (JsonNode node : Fields.array(questions, Json.read(questions, JsonNode.class), "questions")) {
            long id = Fields.number(questions, node, "question_id");
            JsonNode truth = answered.get(id);
            if (truth == null) {
                throw new dev.glimpse.error.UserError(
                        annotations + ": has no answers to question " + id + " of " + questions);
            }
            long picture = Fields.number(questions, node, "image_id");
            read.add(new Question(
                    picture, Fields.text(questions, node, "question"), truth(annotations, truth, id, picture)));
        }
        require(!read.isEmpty(), "%s: expected questions, found none", questions);
        return read;
    }

    private static VqaQuestion truth(Path file, JsonNode node, long id, long picture) {
        List<String> answers = new ArrayList<>();
        for (JsonNode answer : Fields.array(file, node, "answers")) {
            answers.add(Fields.text(file, answer, "answer"));
        }
        require(!answers.isEmpty(), "%s: question %d has no answers", file, id);
        return VqaQuestion.of(
                Long.toString(id),
                Long.toString(picture),
                Fields.text(file, node, "question_type"),
                Fields.text(file, node, "answer_type"),
                answers);
    }
}
