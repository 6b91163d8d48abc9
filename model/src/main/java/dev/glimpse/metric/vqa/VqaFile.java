package dev.glimpse.metric.vqa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.error.UserError;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** VQA v2 annotation and question files. */
public final class VqaFile {
    private VqaFile() {}

    /**
     * Reads {@code {"annotations": [{"question_id", "image_id", "question_type", "answer_type", "answers": [{"answer",
     * "answer_id", ...}]}]}}; an answer may be a text alone.
     */
    public static List<VqaQuestion> annotations(Path file) {
        List<VqaQuestion> questions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Entry entry : EntryFile.object(file).list("annotations")) {
            VqaQuestion question = question(entry);
            if (!seen.add(question.id())) {
                throw entry.error("question %s is annotated twice. Remove one.", question.id());
            }
            questions.add(question);
        }
        UserError.require(!questions.isEmpty(), "%s: expected at least one annotation, found none.", file);
        return questions;
    }

    private static VqaQuestion question(Entry entry) {
        List<HumanAnswer> answers = new ArrayList<>();
        for (Entry answer : entry.list("answers")) {
            answers.add(
                    answer.node().isTextual()
                            ? new HumanAnswer(answer.node().asText(), Integer.toString(answers.size()))
                            : new HumanAnswer(answer.text("answer"), identity(answer.node())));
        }
        if (answers.isEmpty()) {
            throw entry.error("expected at least one answer, found none.");
        }
        return new VqaQuestion(
                entry.id("question_id"),
                entry.id("image_id"),
                entry.text("question_type"),
                entry.text("answer_type"),
                answers);
    }

    private static String identity(JsonNode answer) {
        ObjectNode rest = answer.deepCopy();
        rest.remove("answer");
        return rest.toString();
    }

    /** Checks that every annotated question is among {@code {"questions": [{"question_id", "question"}]}}. */
    public static void checkQuestions(Path file, List<VqaQuestion> annotated) {
        Set<String> asked = new HashSet<>();
        for (Entry entry : EntryFile.object(file).list("questions")) {
            entry.text("question");
            asked.add(entry.id("question_id"));
        }
        for (VqaQuestion question : annotated) {
            UserError.require(
                    asked.contains(question.id()),
                    "%s: expected every annotated question, question %s is not there. Is it the right file?",
                    file,
                    question.id());
        }
    }
}
