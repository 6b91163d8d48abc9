package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * VQA v2 as its makers publish it in ({@code v2_OpenEnded_mscoco_{train,val}2014_questions.json}, {@code
 * v2_mscoco_{train,val}2014_annotations.json}), {@code questions_SPLIT.json} and {@code annotations_SPLIT.json} of our data
 * folder out. A question goes to the split of its picture, so that nothing of val and test is learned from.
 */
final class VqaImport {
    private static final List<String> PARTS = List.of("train2014", "val2014");
    private static final String ELSEWHERE = "questions about pictures of no split";

    private final Path from;
    private final DataFolder out;
    private final Tally tally;
    private final Map<Long, String> splits;
    private final Map<Long, Long> pictures = new HashMap<>(); // of each question

    VqaImport(Path from, DataFolder out, Tally tally) {
        this.from = from;
        this.out = out;
        this.tally = tally;
        this.splits = out.splits();
    }

    private record Asked(
            @JsonProperty(value = "image_id", required = true)
            long imageId,

            @JsonProperty(required = true) String question,

            @JsonProperty(value = "question_id", required = true)
            long questionId) {}

    private record Answer(
            @JsonProperty(required = true) String answer,
            @JsonProperty("answer_confidence") @Nullable String confidence,
            @JsonProperty("answer_id") int id) {}

    private record Answered(
            @JsonProperty(value = "question_type", required = true)
            String questionType,

            @JsonProperty("multiple_choice_answer") @Nullable
            String chosen,

            @JsonProperty(required = true) List<Answer> answers,

            @JsonProperty(value = "image_id", required = true)
            long imageId,

            @JsonProperty(value = "answer_type", required = true)
            String answerType,

            @JsonProperty(value = "question_id", required = true)
            long questionId) {}

    /** @return one line a split, of what was written */
    List<String> run() {
        Map<String, Long> counts = new HashMap<>();
        long asked = questions(counts);
        require(
                !counts.isEmpty(),
                "%s: none of its %d questions is about a picture of %s; are both of COCO?",
                from,
                asked,
                out.root());
        annotations();
        return DataFolder.SPLITS.stream()
                .map(split -> String.format("%s: %,d questions", split, counts.getOrDefault(split, 0L)))
                .toList();
    }

    private long questions(Map<String, Long> counts) {
        Map<String, ListsFile> files = out.begin("questions");
        try {
            files.values().forEach(file -> file.list("questions"));
            for (String part : PARTS) {
                Path source = from.resolve("v2_OpenEnded_mscoco_" + part + "_questions.json");
                JsonStream.required(source, new Part<>("questions", Asked.class, question -> {
                    boolean first = pictures.put(question.questionId, question.imageId) == null;
                    require(first, "%s: question %d stands there twice", source, question.questionId);
                    String split = splits.get(question.imageId);
                    ListsFile file = split == null ? null : files.get(split);
                    if (split == null || file == null) {
                        tally.add(ELSEWHERE, "question " + question.questionId);
                    } else {
                        file.add(question);
                        counts.merge(split, 1L, Long::sum);
                    }
                }));
            }
            files.values().forEach(ListsFile::finish);
            return pictures.size();
        } finally {
            files.values().forEach(ListsFile::close);
        }
    }

    /** Every question must be answered; answers to questions that are not asked are counted. */
    private void annotations() {
        Map<String, ListsFile> files = out.begin("annotations");
        try {
            files.values().forEach(file -> file.list("annotations"));
            for (String part : PARTS) {
                Path source = from.resolve("v2_mscoco_" + part + "_annotations.json");
                JsonStream.required(
                        source, new Part<>("annotations", Answered.class, answered -> add(source, files, answered)));
            }
            pictures.keySet().stream().findFirst().ifPresent(question -> {
                throw new dev.glimpse.error.UserError(String.format(
                        "%s: %d questions have no answers in v2_mscoco_*_annotations.json, such as question %d; "
                                + "question and annotation files must be of the same version",
                        from, pictures.size(), question));
            });
            files.values().forEach(ListsFile::finish);
        } finally {
            files.values().forEach(ListsFile::close);
        }
    }

    private void add(Path source, Map<String, ListsFile> files, Answered answered) {
        Long picture = pictures.remove(answered.questionId);
        if (picture == null) {
            tally.add("answers to questions that are not asked", "question " + answered.questionId + " of " + source);
            return;
        }
        require(
                picture == answered.imageId,
                "%s: the answers to question %d are about image %d, the question about image %d",
                source,
                answered.questionId,
                answered.imageId,
                picture);
        require(!answered.answers.isEmpty(), "%s: question %d has no answers", source, answered.questionId);
        String split = splits.get(picture);
        ListsFile file = split == null ? null : files.get(split);
        if (file != null) {
            file.add(answered);
        }
    }
}
