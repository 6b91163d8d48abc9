package dev.glimpse.pipeline;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.engine.DeviceFault;
import dev.glimpse.pipeline.Reply.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions about remembered sights, those about the same sight together. A question about a camera that was not
 * seen yet waits for its first sight until the deadline. Used by the engine thread only.
 */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final int CAMERAS = 256;
    private static final int FRAMES = 512;

    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final Sights sights = new Sights(CAMERAS, FRAMES);
    private List<Asked> pending = new ArrayList<>();

    Answers(InstantSource clock, Stopwatch stopwatch) {
        this.clock = clock;
        this.stopwatch = stopwatch;
    }

    void remember(Seen seen) {
        sights.remember(seen);
    }

    /** Forgets every sight: another model works from now on. */
    void forget() {
        sights.forget();
    }

    boolean pending() {
        return !pending.isEmpty();
    }

    /** Answers the new questions and those that waited, as far as there is something to say. */
    void answer(Captioner captioner, List<Asked> asked) {
        List<Asked> all = pending;
        all.addAll(asked);
        pending = new ArrayList<>();
        Map<Seen, List<Asked>> bySight = new IdentityHashMap<>();
        Instant now = clock.instant();
        for (Asked each : all) {
            Question question = each.question();
            Optional<Seen> seen = find(question);
            if (seen.isPresent() && !now.isAfter(question.deadline())) {
                bySight.computeIfAbsent(seen.get(), key -> new ArrayList<>()).add(each);
            } else if (now.isAfter(question.deadline())) {
                each.unanswered(seen.isPresent() || question.frame().isPresent() ? Reason.EXPIRED : Reason.UNSEEN);
            } else if (question.frame().isPresent()) {
                each.unanswered(Reason.FORGOTTEN);
            } else {
                pending.add(each);
            }
        }
        bySight.forEach((seen, about) -> answer(captioner, seen, about));
    }

    private Optional<Seen> find(Question question) {
        return question.frame().isPresent()
                ? sights.of(question.camera(), question.frame().get())
                : question.camera().flatMap(sights::latest);
    }

    void stop() {
        pending.forEach(each -> each.unanswered(Reason.STOPPED));
        pending = new ArrayList<>();
    }

    private void answer(Captioner captioner, Seen seen, List<Asked> asked) {
        long started = System.nanoTime();
        List<Answer> answers;
        try {
            answers = captioner.answer(
                    seen.sight(), asked.stream().map(a -> a.question().text()).toList());
        } catch (RuntimeException e) {
            if (DeviceFault.of(e) == DeviceFault.FATAL) {
                throw e;
            }
            log.warn("The model failed on a question about {}: {}", seen.camera(), e.toString());
            asked.forEach(each -> each.unanswered(Reason.FAILED));
            return;
        }
        long nanos = System.nanoTime() - started;
        stopwatch.took(Stage.ANSWER, nanos);
        for (int i = 0; i < asked.size(); i++) {
            Asked each = asked.get(i);
            each.reply().complete(new Reply.Answered(each.question(), seen, answers.get(i), nanos / 1e6));
        }
    }
}
