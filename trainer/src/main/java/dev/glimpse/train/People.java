package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.metric.vqa.Normalisation;
import dev.glimpse.metric.vqa.VqaAccuracy;
import dev.glimpse.metric.vqa.VqaQuestion;
import dev.glimpse.text.CaptionedPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well people agree with each other: what captions and answers can be measured against. */
final class People {
    private People() {}

    /** CIDEr-D of each picture's captions in turn against its other ones, the mean over turns. */
    static double cider(List<CaptionedPicture> captioned) {
        int voices = captioned.stream().mapToInt(p -> p.captions().size()).min().orElse(0);
        require(voices > 1, "how people agree needs two captions of every picture, found one with %d", voices);
        double sum = 0;
        for (int v = 0; v < voices; v++) {
            Map<String, List<String>> others = new LinkedHashMap<>();
            Map<String, String> one = new LinkedHashMap<>();
            for (CaptionedPicture picture : captioned) {
                List<String> rest = new ArrayList<>(picture.captions());
                one.put(Long.toString(picture.id()), rest.remove(v));
                others.put(Long.toString(picture.id()), rest);
            }
            sum += CaptionMetrics.score(others, one).corpus().getOrDefault("CIDEr", Double.NaN);
        }
        return sum / voices;
    }

    /** CIDEr-D of what somebody else said of every picture. */
    static double cider(List<CaptionedPicture> captioned, CaptionResults said) {
        Map<String, List<String>> people = new LinkedHashMap<>();
        Map<String, String> one = new LinkedHashMap<>();
        for (CaptionedPicture picture : captioned) {
            String caption = said.captions().get(picture.id());
            require(caption != null, "%s says nothing of picture %d", said.name(), picture.id());
            people.put(Long.toString(picture.id()), picture.captions());
            one.put(Long.toString(picture.id()), String.valueOf(caption));
        }
        return CaptionMetrics.score(people, one).corpus().getOrDefault("CIDEr", Double.NaN);
    }

    /** VQA accuracy, in percent, of the answer that most people gave to each question. */
    static double accuracy(List<VqaQuestion> questions) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (VqaQuestion question : questions) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            question.answers().forEach(a -> counts.merge(a.text(), 1, Integer::sum));
            String most = counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            answers.put(question.id(), most);
        }
        return VqaAccuracy.score(questions, answers, Normalisation.REFERENCE).overall();
    }
}
