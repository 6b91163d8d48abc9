package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.batch.CaptionTask;
import dev.glimpse.batch.HiddenWords;
import dev.glimpse.batch.Pictures;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.bundle.Answers;
import dev.glimpse.bundle.Labels;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.text.AnswerTable;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.text.Question;
import dev.glimpse.text.QuestionFile;
import dev.glimpse.token.TagTable;
import dev.glimpse.token.Tokenizer;
import java.util.List;

/**
 * What all fusion stages of a run read: vocabulary, labels, answers, features and texts of a split. {@link #close} frees the
 * tokenizer.
 */
final class FusionContext implements AutoCloseable {
    private final Job job;
    private final Tokenizer tokenizer;
    private final TagTable tags;
    private final AnswerTable answers;
    private final String detector;

    FusionContext(Job job) {
        this.job = job;
        this.tokenizer = Tokenizer.load(RunFiles.tokenizer(job.run()));
        this.tags = new TagTable(
                tokenizer, Json.read(RunFiles.labels(job.run()), Labels.class).classes());
        this.answers = new AnswerTable(Json.read(RunFiles.answers(job.run()), Answers.class));
        this.detector = Digest.of(RunFiles.studentDetector(job.run()));
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    AnswerTable answers() {
        return answers;
    }

    TokenLayout layout() {
        return job.config().fusion().layout();
    }

    /** Size of the student: the configuration's, and what follows from the files. */
    FusionSize size() {
        TrainConfig.Fusion fusion = job.config().fusion();
        TokenLayout layout = fusion.layout();
        return new FusionSize(
                fusion.layers(),
                fusion.width(),
                fusion.heads(),
                fusion.feedForward(),
                tokenizer.vocabulary(),
                Math.max(layout.caption() + layout.tags(), layout.question()),
                store("train").header().feature(),
                answers.size());
    }

    FeatureStore store(String split) {
        return FeatureStore.open(RunFiles.features(job.run(), split), detector);
    }

    Pictures pictures(String split) {
        return new Pictures(store(split), tags, layout().regions(), layout().tags());
    }

    CaptionTask captions(String split) {
        return new CaptionTask(pictures(split), captioned(split), tokenizer, layout().caption());
    }

    List<CaptionedPicture> captioned(String split) {
        return CaptionFile.read(job.config().data().annotations("captions", split));
    }

    QuestionTask questions(String split) {
        return new QuestionTask(pictures(split), asked(split), answers, tokenizer, layout().question());
    }

    /** The questions to learn from: those that some known answer is right for. How many others there are is printed. */
    QuestionTask learnableQuestions() {
        List<Question> all = asked("train");
        List<Question> kept = answers.answerable(all);
        if (kept.size() < all.size()) {
            System.err.printf(
                    "vqa: %,d of %,d training questions left out: none of the %,d known answers is right for them%n",
                    all.size() - kept.size(), all.size(), answers.size());
        }
        return new QuestionTask(pictures("train"), kept, answers, tokenizer, layout().question());
    }

    List<Question> asked(String split) {
        TrainConfig.Data data = job.config().data();
        return QuestionFile.read(data.annotations("questions", split), data.annotations("annotations", split));
    }

    HiddenWords hiding(TrainConfig.Masking masking) {
        return new HiddenWords(tokenizer, masking.fraction(), masking.limit());
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Requires that a batch is not larger than what there is to train on. */
    static void requireEnough(String stage, int samples, int batch) {
        require(
                samples >= batch,
                "%s: a batch of %d needs as many training samples, found %d; lower %s.optimizer.batch",
                stage,
                batch,
                samples,
                stage);
    }
}
