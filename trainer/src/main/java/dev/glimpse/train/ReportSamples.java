package dev.glimpse.train;

import dev.glimpse.batch.Pictures;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.report.Report.Said;
import dev.glimpse.report.Report.Sample;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.text.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some pictures of a split for the report, with what the student and others say of them and what it looked at.
 *
 * @param images folder of the pictures
 * @param captioning how the student captions
 * @param others captions of other models
 */
record ReportSamples(FusionContext context, Path images, Captioning captioning, List<CaptionResults> others) {
    private static final int WORDS = 4;

    /**
     * Pictures spread evenly over the split; those whose file is not there are left out, since features alone are enough to
     * evaluate.
     *
     * @param captions of all pictures
     * @param answers to all questions
     */
    List<Sample> of(
            String split,
            int most,
            List<CaptionedPicture> captioned,
            List<Hypothesis> captions,
            List<Question> asked,
            List<String> answers) {
        List<Sample> samples = new ArrayList<>();
        Pictures pictures = context.pictures(split);
        FeatureStore store = context.store(split);
        int count = Math.min(most, captioned.size());
        for (int s = 0; s < count; s++) {
            int i = (int) ((long) s * captioned.size() / count);
            CaptionedPicture picture = captioned.get(i);
            Path file = images.resolve(picture.fileName());
            if (Files.isRegularFile(file)) {
                int index = pictures.index(picture.id());
                samples.add(new Sample(
                        read(file),
                        picture.fileName().endsWith(".png") ? "image/png" : "image/jpeg",
                        store.sourceWidth(index),
                        store.sourceHeight(index),
                        said(picture, captioning.texts(List.of(captions.get(i))).get(0)),
                        WordLooks.of(
                                captions.get(i),
                                context.tokenizer(),
                                context.layout().tags(),
                                pictures.regions(index),
                                WORDS),
                        picture.captions(),
                        answersOf(picture, asked, answers)));
            }
        }
        return samples;
    }

    private List<Said> said(CaptionedPicture picture, String own) {
        List<Said> said = new ArrayList<>();
        said.add(new Said("student", own));
        for (CaptionResults other : others) {
            String caption = other.captions().get(picture.id());
            if (caption != null) {
                said.add(new Said(other.name(), caption));
            }
        }
        return said;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> answersOf(CaptionedPicture picture, List<Question> asked, List<String> answers) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Question question = asked.get(i);
            if (question.picture() == picture.id()) {
                String truth = question.truth().answers().get(0).text();
                lines.add(question.text() + " " + answers.get(i) + " (one person: " + truth + ")");
            }
        }
        return lines;
    }
}
