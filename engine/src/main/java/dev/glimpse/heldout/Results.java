package dev.glimpse.heldout;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.metric.caption.Tokenisation;
import dev.glimpse.metric.vqa.Normalisation;
import dev.glimpse.metric.vqa.VqaAccuracy;
import dev.glimpse.metric.vqa.VqaQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a captioner said about a split.
 *
 * @param captions by picture
 * @param answers by question
 */
public record Results(Split split, Map<String, Caption> captions, Map<String, Answer> answers) {
    private static final int BATCH = 8;

    /** Captions every picture of a split and answers every question about it. */
    public static Results of(Captioner captioner, Split split) {
        Map<String, Caption> captions = new LinkedHashMap<>();
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, List<VqaQuestion>> questions = split.byPicture();
        List<String> ids = new ArrayList<>(split.files().keySet());
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
            List<Sight> sights =
                    captioner.look(batch.stream().map(split::picture).toList());
            for (int i = 0; i < batch.size(); i++) {
                captions.put(batch.get(i), sights.get(i).caption());
                answer(captioner, split, sights.get(i), questions.getOrDefault(batch.get(i), List.of()), answers);
            }
        }
        return new Results(split, captions, answers);
    }

    private static void answer(
            Captioner captioner, Split split, Sight sight, List<VqaQuestion> asked, Map<String, Answer> answers) {
        if (asked.isEmpty()) {
            return;
        }
        List<String> texts = asked.stream()
                .map(question -> split.texts().getOrDefault(question.id(), ""))
                .toList();
        List<Answer> found = captioner.answer(sight, texts);
        for (int i = 0; i < asked.size(); i++) {
            answers.put(asked.get(i).id(), found.get(i));
        }
    }

    /** CIDEr-D of the captions; document frequencies are those of this split. */
    public double cider() {
        Map<String, String> texts = new LinkedHashMap<>();
        captions.forEach((id, caption) -> texts.put(id, caption.text()));
        return CaptionMetrics.score(split.captions(), texts).corpus().getOrDefault("CIDEr", Double.NaN);
    }

    /** VQA accuracy of the answers in percent. */
    public double vqa() {
        Map<String, String> texts = new LinkedHashMap<>();
        answers.forEach((id, answer) -> texts.put(id, answer.text()));
        return VqaAccuracy.score(split.questions(), texts, Normalisation.REFERENCE)
                .overall();
    }

    /**
     * How sure each caption was, and whether it was right. Ours, not the field's: a caption is right when each of its words
     * stands in one of the picture's references.
     */
    public List<Calibration.Sample> captionSamples() {
        Map<String, List<String>> references = Tokenisation.PTB.all(split.captions());
        List<Calibration.Sample> samples = new ArrayList<>();
        captions.forEach((id, caption) -> {
            Set<String> words = new HashSet<>();
            references.getOrDefault(id, List.of()).forEach(text -> words.addAll(List.of(text.split(" ", -1))));
            boolean right = caption.words().stream().allMatch(word -> words.contains(word.text()));
            samples.add(new Calibration.Sample(caption.confidence(), right ? 1 : 0));
        });
        return samples;
    }

    /** How sure each answer was, and which part of the people agreed, as VQA accuracy counts it. */
    public List<Calibration.Sample> answerSamples() {
        List<Calibration.Sample> samples = new ArrayList<>();
        for (VqaQuestion question : split.questions()) {
            Answer answer = answers.get(question.id());
            if (answer != null) {
                double right = VqaAccuracy.accuracy(question.answers(), answer.text(), Normalisation.REFERENCE);
                samples.add(new Calibration.Sample(answer.confidence(), right));
            }
        }
        return samples;
    }
}
