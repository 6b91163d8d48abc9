package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import dev.glimpse.metric.vqa.VqaQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads questions and their answers in the format of VQA v2. Equal texts are kept once: the 6.5 million answers of the whole
 * data set are some 200,000 different ones.
 */
public final class QuestionFile {
    private final Map<String, String> texts = new HashMap<>();

    private QuestionFile() {}

    private record Asked(
            @JsonProperty(value = "question_id", required = true)
            long id,

            @JsonProperty(value = "image_id", required = true)
            long picture,

            @JsonProperty(required = true) String question) {}

    private record Answered(
            @JsonProperty(value = "question_id", required = true)
            long id,

            @JsonProperty(value = "question_type", required = true)
            String questionType,

            @JsonProperty(value = "answer_type", required = true)
            String answerType,

            @JsonProperty("multiple_choice_answer") @Nullable
            String chosen,

            @JsonProperty(required = true) @Nullable List<Answer> answers) {}

    private record Answer(@JsonProperty(required = true) String answer) {}

    /**
     * Reads {@code questions[].question_id, image_id, question} of one file and {@code annotations[].question_id,
     * question_type, answer_type, multiple_choice_answer, answers[].answer} of the other. The multiple choice answer, where
     * the file has it, is the one that counts for the vocabulary, as in the field's list of 3129 answers.
     *
     * @return one entry per question, in the order of the questions
     * @throws dev.glimpse.error.UserError when a file is missing or not of this format, or a question has no answers
     */
    public static List<Question> read(Path questions, Path annotations) {
        return new QuestionFile().pairs(questions, annotations);
    }

    private List<Question> pairs(Path questions, Path annotations) {
        Map<Long, Asked> asked = new LinkedHashMap<>();
        JsonStream.required(questions, new Part<>("questions", Asked.class, question -> {
            boolean first = asked.put(question.id, question) == null;
            require(first, "%s: question %d stands there twice", questions, question.id);
        }));
        require(!asked.isEmpty(), "%s: expected questions, found none", questions);
        Map<Long, Question> found = new HashMap<>();
        JsonStream.required(annotations, new Part<>("annotations", Answered.class, answered -> {
            Asked question = asked.get(answered.id);
            if (question != null) {
                found.put(answered.id, question(annotations, question, answered));
            }
        }));
        List<Question> read = new ArrayList<>(asked.size());
        for (long id : asked.keySet()) {
            Question question = found.get(id);
            if (question == null) {
                throw new dev.glimpse.error.UserError(
                        annotations + ": has no answers to question " + id + " of " + questions);
            }
            read.add(question);
        }
        return read;
    }

    private Question question(Path file, Asked asked, Answered answered) {
        List<Answer> answers = answered.answers == null ? List.of() : answered.answers;
        require(!answers.isEmpty(), "%s: question %d has no answers", file, asked.id);
        VqaQuestion truth = VqaQuestion.of(
                Long.toString(asked.id),
                Long.toString(asked.picture),
                once(answered.questionType),
                once(answered.answerType),
                answers.stream().map(a -> once(a.answer)).toList());
        return answered.chosen == null
                ? new Question(asked.picture, once(asked.question), truth)
                : new Question(asked.picture, once(asked.question), truth, once(answered.chosen));
    }

    private String once(String text) {
        return texts.computeIfAbsent(text, t -> t);
    }
}
