package dev.glimpse.kafka;

import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.trace.Passage;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.Traceparent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Outcomes in, what a tracing backend hears of them out. */
final class Passages {
    private Passages() {}

    static Passage of(Frame frame, Outcome.Captioned captioned, Topics topics) {
        Outcome.Times times = captioned.times();
        List<Passage.Step> steps = List.of(
                new Passage.Step("wait", times.waited()),
                new Passage.Step("decode", times.decoded()),
                new Passage.Step("queue", times.queued()),
                new Passage.Step("look", times.looked()));
        return of(frame, steps, "caption", topics.captions());
    }

    /**
     * A frame without a caption.
     *
     * @param code why it was skipped or rejected
     * @param output topic that says so
     */
    static Passage of(Frame frame, String code, String output) {
        return of(frame, List.of(), code, output);
    }

    static Passage of(Settled.OfQuestion question, AnswerEvent event, Topics topics) {
        return new Passage(
                question.position(),
                event.camera(),
                Optional.of(event.request()),
                question.traceparent(),
                question.received(),
                List.of(),
                event.answer().isPresent() ? "answer" : event.abstained().orElse("answer"),
                topics.answers());
    }

    /** @param now nobody noted when it was polled */
    static Passage of(Settled.Unreadable unreadable, Instant now, Topics topics) {
        return new Passage(
                Intake.position(unreadable.record()),
                unreadable.camera(),
                Optional.empty(),
                Traceparent.of(unreadable.record().headers()),
                now,
                List.of(),
                unreadable.reason().code(),
                topics.rejected());
    }

    private static Passage of(Frame frame, List<Passage.Step> steps, String outcome, String output) {
        return new Passage(
                frame.position(),
                Optional.of(frame.camera()),
                Optional.of(frame.id()),
                frame.traceparent(),
                frame.received(),
                steps,
                outcome,
                output);
    }
}
