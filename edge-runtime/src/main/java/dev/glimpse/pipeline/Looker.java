package dev.glimpse.pipeline;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.engine.DeviceFault;
import dev.glimpse.ladder.Level;
import dev.glimpse.pipeline.Outcome.Captioned;
import dev.glimpse.pipeline.Outcome.Rejected;
import dev.glimpse.pipeline.Outcome.Skipped;
import dev.glimpse.pipeline.Outcome.StandingAnswer;
import dev.glimpse.pipeline.Outcome.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of pictures in, an outcome for each out, whatever goes wrong in between: out of device memory halves the batch
 * once, then skips; any other failure is looked for picture by picture; a broken device ends it all. Used by the engine
 * thread only, with one model and at one level.
 */
record Looker(
        Captioner captioner,
        Model model,
        Level level,
        Stopwatch stopwatch,
        Optional<Witness> witness,
        Consumer<Seen> memory,
        Consumer<Finished> completions) {
    private static final Logger log = LoggerFactory.getLogger(Looker.class);

    /** @param words whether the pictures get captions, or regions only */
    void look(List<Decoded> batch, boolean words) {
        look(batch, words, true);
    }

    private void look(List<Decoded> batch, boolean words, boolean mayHalve) {
        long started = System.nanoTime();
        List<Sight> sights;
        try {
            var pictures = batch.stream().map(Decoded::picture).toList();
            sights = words ? captioner.look(pictures) : captioner.detect(pictures);
        } catch (RuntimeException e) {
            failed(batch, words, mayHalve, e);
            return;
        }
        if (sights.size() != batch.size()) {
            throw new IllegalStateException(batch.size() + " pictures gave " + sights.size() + " sights");
        }
        long ended = System.nanoTime();
        measure(sights.get(0).timings(), ended - started);
        for (int i = 0; i < batch.size(); i++) {
            stopwatch.took(Stage.QUEUE, started - batch.get(i).decodedNanos());
            finish(batch.get(i), sights.get(i), started, ended);
            if (words && witness.isPresent()) {
                witness.get().looked(batch.get(i).picture(), sights.get(i), millis(ended - started) / batch.size());
            }
        }
    }

    private void failed(List<Decoded> batch, boolean words, boolean mayHalve, RuntimeException e) {
        switch (DeviceFault.of(e)) {
            case FATAL -> throw e;
            case OUT_OF_MEMORY -> {
                log.warn("Out of device memory with a batch of {}: {}", batch.size(), e.toString());
                if (mayHalve && batch.size() > 1) {
                    int half = batch.size() / 2;
                    look(batch.subList(0, half), words, false);
                    look(batch.subList(half, batch.size()), words, false);
                } else {
                    batch.forEach(picture -> finish(picture, new Skipped(SkipReason.OVERLOAD, level)));
                }
            }
            case NONE -> lookAlone(batch, words, e);
        }
    }

    /** One bad picture must not take its neighbours with it. */
    private void lookAlone(List<Decoded> batch, boolean words, RuntimeException e) {
        if (batch.size() > 1) {
            log.warn("A batch of {} failed, looking at each picture alone: {}", batch.size(), e.toString());
            batch.forEach(picture -> look(List.of(picture), words, false));
            return;
        }
        log.warn("The model failed on {}: {}", batch.get(0).frame().position(), e.toString());
        finish(batch.get(0), new Rejected(Outcome.Cause.ENGINE_FAILED, "the model failed on this picture"));
    }

    private void finish(Decoded decoded, Sight sight, long started, long ended) {
        Frame frame = decoded.frame();
        int width = decoded.picture().width();
        int height = decoded.picture().height();
        Times times = new Times(
                millis(decoded.startedNanos() - frame.receivedNanos()),
                millis(decoded.decodedNanos() - decoded.startedNanos()),
                millis(started - decoded.decodedNanos()),
                millis(ended - started));
        memory.accept(new Seen(frame.camera(), frame.id(), sight, width, height, model));
        finish(decoded, new Captioned(sight, width, height, times, level, model, standing(frame, sight)));
    }

    /** All standing questions of a camera in one run over the one encoded picture. */
    private List<StandingAnswer> standing(Frame frame, Sight sight) {
        List<Standing> questions = frame.standing();
        if (questions.isEmpty() || !level.asksStanding()) {
            return List.of();
        }
        long started = System.nanoTime();
        List<StandingAnswer> answered = new ArrayList<>();
        try {
            List<Answer> answers = captioner.answer(
                    sight, questions.stream().map(Standing::text).toList());
            for (int i = 0; i < questions.size(); i++) {
                answered.add(new StandingAnswer(questions.get(i), Optional.of(answers.get(i))));
            }
        } catch (RuntimeException e) {
            if (DeviceFault.of(e) == DeviceFault.FATAL) {
                throw e;
            }
            log.warn("The model failed on the standing questions of {}: {}", frame.camera(), e.toString());
            questions.forEach(question -> answered.add(new StandingAnswer(question, Optional.empty())));
        }
        stopwatch.took(Stage.ANSWER, System.nanoTime() - started);
        return answered;
    }

    private void measure(Sight.Timings timings, long nanos) {
        stopwatch.took(Stage.LOOK, nanos);
        stopwatch.took(Stage.PREPARE, nanos(timings.prepare()));
        stopwatch.took(Stage.DETECT, nanos(timings.detect()));
        stopwatch.took(Stage.ENCODE, nanos(timings.encode()));
        stopwatch.took(Stage.WORDS, nanos(timings.decode()));
    }

    private void finish(Decoded picture, Outcome outcome) {
        completions.accept(new Finished(picture.frame(), outcome));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }
}
