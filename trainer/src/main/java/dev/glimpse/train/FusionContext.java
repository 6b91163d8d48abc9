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
import dev.glimpse.network.FusionFile;
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
import java.util.Optional;
import java.util.Set;

/**
 * What all fusion stages of a run read: vocabulary, labels, answers, features and texts of a split. {@link #close} frees the
 * tokenizer.
 */
final class FusionContext implements AutoCloseable {
    private final Job job;
    private final Tokenizer tokenizer;
    private final TagTable tags;
    private final AnswerTable answers;
    private final TrainConfig.Fusion fusion;
    private final Regions regions;
    private Optional<FusionSize> size = Optional.empty();

    /** What the student's stages read. */
    FusionContext(Job job) {
        this(job, job.config().fusion(), Regions.STUDENT);
    }

    /** What the stages of some transformer read that looks at some regions. */
    FusionContext(Job job, TrainConfig.Fusion fusion, Regions regions) {
        this.job = job;
        this.fusion = fusion;
        this.regions = regions;
        this.tokenizer = Tokenizer.load(RunFiles.tokenizer(job.run()));
        this.tags = new TagTable(
                tokenizer, Json.read(RunFiles.labels(job.run()), Labels.class).classes());
        this.answers = new AnswerTable(Json.read(RunFiles.answers(job.run()), Answers.class));
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    AnswerTable answers() {
        return answers;
    }

    TokenLayout layout() {
        return fusion.layout();
    }

    /** Size of the transformer: the configuration's, and what follows from the files. */
    FusionSize size() {
        if (size.isEmpty()) { // opening a store digests detectors and checks every row
            size = Optional.of(
                    fusion.size(tokenizer.vocabulary(), store("train").header().feature(), answers.size()));
        }
        return size.get();
    }

    FeatureStore store(String split) {
        return FeatureStore.open(
                regions.store(job.run(), split),
                Digest.of(regions.boxes(job.run())),
                Digest.of(regions.features(job.run())));
    }

    Pictures pictures(String split) {
        return new Pictures(store(split), tags, layout().regions(), layout().tags());
    }

    /** The checkpoint that a training begins with. */
    static FusionFile open(Job job, Role role) {
        String kind = role.start().orElseThrow();
        return new FusionFile(RunFiles.fusion(job.run(), kind), kind);
    }

    CaptionTask captions(String split) {
        return captions(split, captioned(split));
    }

    CaptionTask captions(String split, List<CaptionedPicture> captioned) {
        return new CaptionTask(pictures(split), captioned, tokenizer, layout().caption());
    }

    List<CaptionedPicture> captioned(String split) {
        return CaptionFile.read(job.config().data().annotations("captions", split));
    }

    /** The first pictures of a split, a share of all. */
    List<CaptionedPicture> captioned(String split, double share) {
        return first(captioned(split), share);
    }

    QuestionTask questions(String split) {
        return new QuestionTask(pictures(split), asked(split), answers, tokenizer, layout().question());
    }

    /**
     * The questions to learn from: those about the first pictures, a share of all that have questions, which some known answer is
     * right for. How many there are without such an answer is printed.
     */
    QuestionTask learnableQuestions(double share) {
        List<Question> asked = asked("train");
        Set<Long> pictures = Set.copyOf(
                first(asked.stream().map(Question::picture).distinct().toList(), share));
        List<Question> all =
                asked.stream().filter(q -> pictures.contains(q.picture())).toList();
        List<Question> kept = answers.answerable(all);
        if (kept.size() < all.size()) {
            System.err.printf(
                    "vqa: %,d of %,d training questions left out: none of the %,d known answers is right for them%n",
                    all.size() - kept.size(), all.size(), answers.size());
        }
        return new QuestionTask(pictures("train"), kept, answers, tokenizer, layout().question());
    }

    private static <T> List<T> first(List<T> all, double share) {
        return all.subList(0, (int) Math.max(1, Math.round(share * all.size())));
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
