package dev.glimpse.captioner;

import static dev.glimpse.bundle.Bundle.ANSWER;
import static dev.glimpse.bundle.Bundle.DETECTOR;
import static dev.glimpse.bundle.Bundle.ENCODE;
import static dev.glimpse.bundle.Bundle.STEP;
import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Labels;
import dev.glimpse.bundle.Temperatures;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.decode.Search;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.picture.Picture;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.TagTable;
import dev.glimpse.token.TextInput;
import dev.glimpse.token.Tokenizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Captions pictures with a verified bundle: letterbox, detector, tags, encode, then one step per word piece until every
 * caption of the batch has ended. Rows of a batch do not influence one another.
 *
 * <p>Used by one thread at a time; close it on that thread. Owns its bundle and its engine and closes them.
 */
public final class BundleCaptioner implements Captioner {
    private final Bundle bundle;
    private final Engine engine;
    private final TokenLayout layout;
    private final Temperatures temperatures;
    private final Labels labels;
    private final List<String> answers;
    private final Tokenizer tokenizer;
    private final TagTable tags;
    private final Search search;
    private final Networks networks;

    /**
     * Opens a bundle for captions; a network is loaded when it is first needed. {@link #load} loads all of them at once.
     *
     * @param beams hypotheses per caption, 1 is greedy
     * @throws dev.glimpse.error.UserError when the bundle's parts do not fit together
     */
    public BundleCaptioner(Bundle bundle, Engine engine, int beams) {
        this.bundle = bundle;
        this.engine = engine;
        this.layout = bundle.manifest().layout();
        this.temperatures = bundle.manifest().temperatures();
        this.labels = bundle.labels();
        this.answers = bundle.answers().answers();
        this.tokenizer = Tokenizer.load(bundle.path(Bundle.TOKENIZER));
        require(
                tokenizer.vocabulary() == bundle.manifest().fusion().vocabulary(),
                "%s: expected %d word pieces as in the manifest, found %d. Export the bundle again",
                bundle.path(Bundle.TOKENIZER),
                bundle.manifest().fusion().vocabulary(),
                tokenizer.vocabulary());
        this.tags = new TagTable(tokenizer, labels.classes());
        this.search = new Search(tokenizer, layout.caption() - 2, beams);
        this.networks = new Networks(bundle, engine);
    }

    /**
     * Loads every network now, so that a bundle that does not fit is refused here and no later call has to wait.
     *
     * @return this
     * @throws dev.glimpse.error.UserError when a network cannot be loaded or does not fit the manifest
     */
    public BundleCaptioner load() {
        List.of(DETECTOR, ENCODE, STEP, ANSWER).forEach(networks::load);
        return this;
    }

    @Override
    public List<Sight> look(List<Picture> pictures) {
        int most = Math.max(1, engine.maxRows() / search.beams());
        return split(pictures, most, this::lookTogether);
    }

    /** Hands over at most so many at a time, and puts the results together again. */
    private static <T, R> List<R> split(List<T> all, int most, Function<List<T>, List<R>> work) {
        if (all.size() <= most) {
            return work.apply(all);
        }
        List<R> results = new ArrayList<>(all.size());
        for (int first = 0; first < all.size(); first += most) {
            results.addAll(work.apply(all.subList(first, Math.min(all.size(), first + most))));
        }
        return results;
    }

    private List<Sight> lookTogether(List<Picture> pictures) {
        int batch = pictures.size();
        networks.nextBatch();
        Stopwatch watch = new Stopwatch();
        Detections.prepare(networks, pictures, bundle.manifest().detector());
        double prepared = watch.lap();
        networks.prepare(DETECTOR, batch, Map.of()).run();
        List<Detections> detections = Detections.read(networks, batch);
        double detected = watch.lap();
        encode(detections);
        double encoded = watch.lap();
        List<Hypothesis> hypotheses =
                search.run(new CachedSteps(networks, batch, search.beams(), tokenizer.mask()), batch);
        Sight.Timings timings = new Sight.Timings(prepared, detected, encoded, watch.lap());
        List<Sight> sights = new ArrayList<>(batch);
        for (int p = 0; p < batch; p++) {
            Detections seen = detections.get(p);
            Caption caption = CaptionText.caption(
                    tokenizer, hypotheses.get(p), layout.tags(), seen.found(), temperatures.caption());
            sights.add(new Sight(seen.regions(pictures.get(p), labels, tags), caption, seen.features(), timings));
        }
        return sights;
    }

    @Override
    public List<Sight> detect(List<Picture> pictures) {
        return split(pictures, Math.max(1, engine.maxRows()), this::detectTogether);
    }

    private List<Sight> detectTogether(List<Picture> pictures) {
        int batch = pictures.size();
        networks.nextBatch();
        Stopwatch watch = new Stopwatch();
        Detections.prepare(networks, pictures, bundle.manifest().detector());
        double prepared = watch.lap();
        networks.prepare(DETECTOR, batch, Map.of()).run();
        List<Detections> detections = Detections.read(networks, batch);
        Sight.Timings timings = new Sight.Timings(prepared, watch.lap(), 0, 0);
        List<Sight> sights = new ArrayList<>(batch);
        for (int p = 0; p < batch; p++) {
            Detections seen = detections.get(p);
            sights.add(new Sight(seen.regions(pictures.get(p), labels, tags), Caption.NONE, seen.features(), timings));
        }
        return sights;
    }

    /** The picture of the detector's golden run, as it stands in the bundle. */
    @Override
    public Optional<Picture> golden() {
        for (String file : bundle.manifest().files().keySet()) {
            if (file.startsWith(Bundle.GOLDEN)) {
                Golden golden = bundle.golden(file);
                if (golden.graph().equals(DETECTOR)) {
                    Golden.Tensor picture = golden.input("picture"); // (1, H, W, 3)
                    return Optional.of(
                            new Picture(picture.shape().get(2), picture.shape().get(1), picture.data()));
                }
            }
        }
        return Optional.empty();
    }

    /** Turns tags and regions, which the detector left in the shared tensors, into keys and values. */
    private void encode(List<Detections> detections) {
        Tensor input = networks.tensor(ENCODE, "tags", detections.size());
        for (int row = 0; row < detections.size(); row++) {
            Detections seen = detections.get(row);
            input.write(row, longs(tags.tokens(seen.classes(), seen.features().scores(), layout.tags())));
        }
        networks.prepare(ENCODE, detections.size(), Map.of()).run();
    }

    @Override
    public List<Answer> answer(Sight sight, List<String> questions) {
        return split(questions, engine.maxRows(), some -> answerTogether(sight, some));
    }

    private List<Answer> answerTogether(Sight sight, List<String> questions) {
        int batch = questions.size();
        networks.nextBatch();
        Tensor question = networks.tensor(ANSWER, "question", batch);
        for (int row = 0; row < batch; row++) {
            question.write(row, longs(TextInput.question(tokenizer, questions.get(row), layout.question())));
            networks.tensor(ANSWER, "boxes", batch).write(row, sight.features().boxes());
            networks.tensor(ANSWER, "scores", batch).write(row, sight.features().scores());
            networks.tensor(ANSWER, "features", batch)
                    .write(row, sight.features().features());
        }
        networks.prepare(ANSWER, batch, Map.of()).run();
        FloatBuffer logits = networks.tensor(ANSWER, "logits", batch).floats();
        FloatBuffer evidence = networks.tensor(ANSWER, "evidence", batch).floats();
        List<Answer> found = new ArrayList<>(batch);
        for (int row = 0; row < batch; row++) {
            float[] scores = new float[answers.size()];
            float[] looked = new float[layout.regions()];
            logits.get(scores);
            evidence.get(looked);
            found.add(AnswerText.answer(scores, answers, looked, sight.regions().size(), temperatures.answer()));
        }
        return found;
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }

    @Override
    public String modelDigest() {
        return bundle.digest();
    }

    @Override
    public String engine() {
        return engine.name() + " " + bundle.manifest().precision();
    }

    @Override
    public void close() {
        networks.close();
        tokenizer.close();
        engine.close();
        bundle.close();
    }
}
