package dev.glimpse.scene.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.box.Box;
import dev.glimpse.scene.question.Question;
import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Colour;
import dev.glimpse.scene.thing.Pattern;
import dev.glimpse.scene.thing.Size;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.view.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Shapes of the truth files, as COCO and VQA v2 have them. */
final class Truth {
    private Truth() {}

    record Info(String description, String version, long seed) {}

    record Image(int id, @JsonProperty("file_name") String fileName, int width, int height) {}

    record CategoryEntry(int id, String name, String supercategory) {}

    record Instance(
            int id,
            @JsonProperty("image_id") int imageId,
            @JsonProperty("category_id") int categoryId,
            double[] bbox,
            int area,
            int iscrowd,
            List<String> attributes) {}

    record Instances(
            Info info,
            List<Image> images,
            List<Instance> annotations,
            List<CategoryEntry> categories,
            List<String> attributes) {}

    record Caption(int id, @JsonProperty("image_id") int imageId, String caption) {}

    record Captions(Info info, List<Image> images, List<Caption> annotations) {}

    /** A caption in a file of results. */
    record Said(@JsonProperty("image_id") int imageId, String caption) {}

    record Asked(
            @JsonProperty("image_id") int imageId,
            String question,
            @JsonProperty("question_id") int questionId) {}

    record Questions(
            Info info,
            @JsonProperty("task_type") String taskType,
            @JsonProperty("data_type") String dataType,
            @JsonProperty("data_subtype") String dataSubtype,
            List<Asked> questions) {}

    record Answer(
            String answer,
            @JsonProperty("answer_confidence") String answerConfidence,
            @JsonProperty("answer_id") int answerId) {}

    record Answered(
            @JsonProperty("question_type") String questionType,
            @JsonProperty("multiple_choice_answer") String multipleChoiceAnswer,
            List<Answer> answers,
            @JsonProperty("image_id") int imageId,
            @JsonProperty("answer_type") String answerType,
            @JsonProperty("question_id") int questionId) {}

    record Annotations(
            Info info,
            @JsonProperty("data_type") String dataType,
            @JsonProperty("data_subtype") String dataSubtype,
            List<Answered> annotations) {}

    static List<CategoryEntry> categories() {
        return Arrays.stream(Category.values())
                .map(c -> new CategoryEntry(c.id(), c.word(), c.supercategory()))
                .toList();
    }

    /** All attribute names: colours, sizes, patterns. */
    static List<String> attributes() {
        return Stream.of(
                        Arrays.stream(Colour.values()).map(Colour::word),
                        Arrays.stream(Size.values()).map(Size::word),
                        Arrays.stream(Pattern.values()).map(Pattern::word))
                .flatMap(names -> names)
                .toList();
    }

    static Instance instance(int id, int imageId, Seen seen) {
        Thing thing = seen.thing();
        Box box = seen.box();
        return new Instance(
                id,
                imageId,
                thing.category().id(),
                new double[] {box.x1(), box.y1(), box.width(), box.height()},
                seen.area(),
                0,
                List.of(
                        thing.colour().word(),
                        thing.size().word(),
                        thing.pattern().word()));
    }

    static Answered answered(int questionId, int imageId, Question question) {
        List<Answer> answers = new ArrayList<>();
        for (Question.Reply reply : question.answers()) {
            answers.add(new Answer(reply.answer(), reply.confidence(), answers.size() + 1));
        }
        return new Answered(question.type(), question.best(), answers, imageId, question.answerType(), questionId);
    }
}
