package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.captioner.Caption;
import dev.glimpse.ladder.Level;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Stage;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.pipeline.Stopwatch;
import dev.glimpse.trace.Passage;
import dev.glimpse.trace.Tracing;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.ControlEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.RejectionReason;
import dev.glimpse.wire.SkipReason;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.Traceparent;
import dev.glimpse.wire.Word;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Outcomes in, records of the wire out. */
final class Scribe {
    private final Topics topics;
    private final String runtime;
    private final Now present;
    private final AnswerWriter answers;
    private final Tracing tracing;
    private final Account account;
    private final Stopwatch stopwatch;
    private final InstantSource clock;

    /** @param runtime name of this runtime, for news about standing questions */
    Scribe(
            Topics topics,
            String runtime,
            Now present,
            AnswerSettings settings,
            Tracing tracing,
            Account account,
            Stopwatch stopwatch,
            InstantSource clock) {
        this.topics = topics;
        this.runtime = runtime;
        this.present = present;
        this.answers = new AnswerWriter(settings);
        this.tracing = tracing;
        this.account = account;
        this.stopwatch = stopwatch;
        this.clock = clock;
    }

    /** The model and the level at this moment, for outcomes that no model looked at. */
    record Now(Supplier<Model> model, Supplier<Level> level) {
        String digest() {
            return model.get().digest();
        }

        int number() {
            return level.get().number();
        }
    }

    Written write(Settled settled) {
        if (settled instanceof Settled.OfFrame frame) {
            return write(frame.finished().frame(), frame.finished().outcome());
        } else if (settled instanceof Settled.OfQuestion question) {
            return answer(question);
        } else if (settled instanceof Settled.PassedOver passed) {
            return passedOver(passed);
        } else if (settled instanceof Settled.Unreadable unreadable) {
            return rejection(
                    unreadable.record(),
                    unreadable.camera(),
                    unreadable.reason(),
                    unreadable.message(),
                    Passages.of(unreadable, clock.instant(), topics));
        }
        throw new IllegalStateException("unknown kind of outcome " + settled);
    }

    private Written answer(Settled.OfQuestion question) {
        Instant now = clock.instant();
        AnswerEvent event = answers.event(question, present.model().get(), present.number(), now);
        Tracing.Trace trace = tracing.follow(Passages.of(question, event, topics), now);
        return Written.of(Traceparent.on(event.toRecord(topics), trace.traceparent()), observer -> {
            trace.committed(clock.instant());
            observer.answered(event);
        });
    }

    private Written write(Frame frame, Outcome outcome) {
        Written written;
        if (outcome instanceof Outcome.Captioned captioned) {
            written = caption(frame, captioned);
        } else if (outcome instanceof Outcome.Skipped skipped) {
            written = skip(frame, skipped);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            RejectionReason reason = RejectionReason.valueOf(rejected.cause().name());
            written = rejection(
                    record(frame),
                    Optional.of(frame.camera()),
                    reason,
                    rejected.message(),
                    Passages.of(frame, reason.code(), topics.rejected()));
        } else {
            throw new IllegalStateException("a frame that was withdrawn has no outcome: " + frame.position());
        }
        return announced(frame, written);
    }

    private Written caption(Frame frame, Outcome.Captioned captioned) {
        Caption caption = captioned.sight().caption();
        Instant now = clock.instant();
        CaptionEvent event = new CaptionEvent(
                frame.camera(),
                frame.id(),
                position(frame.position()),
                frame.captured(),
                frame.received(),
                now,
                caption.text(),
                caption.confidence(),
                caption.words().stream()
                        .map(word -> new Word(word.text(), word.probability(), word.regions()))
                        .toList(),
                captioned.sight().regions().stream().map(Scribe::region).toList(),
                captioned.model().digest(),
                captioned.model().engine(),
                captioned.model().precision(),
                captioned.level().number());
        List<AnswerEvent> standing = captioned.standing().stream()
                .map(answer -> answers.event(frame, captioned, answer, now))
                .toList();
        Tracing.Trace trace = tracing.follow(Passages.of(frame, captioned, topics), now);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(Traceparent.on(event.toRecord(topics), trace.traceparent()));
        standing.forEach(answer -> records.add(Traceparent.on(answer.toRecord(topics), trace.traceparent())));
        return new Written(records, observer -> {
            trace.committed(clock.instant());
            Duration latency = Duration.between(frame.captured(), clock.instant());
            account.captioned(frame.camera(), latency);
            stopwatch.took(Stage.TOTAL, latency.toNanos());
            observer.captioned(event, captioned, frame.encoded());
            standing.forEach(observer::answered);
        });
    }

    /** Says in the same transaction from which frame on a standing question is in force. */
    private Written announced(Frame frame, Written written) {
        List<Standing> first = frame.standing().stream().filter(Standing::first).toList();
        if (first.isEmpty()) {
            return written;
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(written.records());
        for (Standing question : first) {
            String message =
                    "standing question " + question.key() + " is asked from " + position(frame.position()) + " on";
            records.add(new ControlEvent(
                            runtime,
                            ControlEvent.Kind.QUESTION_STANDING,
                            Optional.of(present.digest()),
                            Optional.empty(),
                            present.number(),
                            message,
                            clock.instant())
                    .toRecord(topics));
        }
        return new Written(records, written.whenCommitted());
    }

    private Written skip(Frame frame, Outcome.Skipped skipped) {
        Position at = position(frame.position());
        SkipReason reason = SkipReason.valueOf(skipped.reason().name());
        String code = reason.name().toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        SkippedEvent event = new SkippedEvent(
                Optional.of(frame.camera()),
                new SkippedEvent.Range(at.topic(), at.partition(), at.offset(), at.offset()),
                reason,
                now,
                skipped.level().number(),
                present.digest());
        Tracing.Trace trace = tracing.follow(Passages.of(frame, code, topics.skipped()), now);
        return Written.of(Traceparent.on(event.toRecord(topics), trace.traceparent()), observer -> {
            trace.committed(clock.instant());
            account.skipped(frame.camera(), code);
            observer.skipped(event);
        });
    }

    private Written passedOver(Settled.PassedOver passed) {
        Position at = position(passed.first());
        SkippedEvent event = new SkippedEvent(
                Optional.empty(),
                new SkippedEvent.Range(at.topic(), at.partition(), at.offset(), passed.last()),
                SkipReason.EXPIRED,
                clock.instant(),
                present.number(),
                present.digest());
        return Written.of(event.toRecord(topics), observer -> {
            account.passedOver(passed.count());
            observer.skipped(event);
        });
    }

    private Written rejection(
            ConsumerRecord<byte[], byte[]> record,
            Optional<String> camera,
            RejectionReason reason,
            String message,
            Passage passage) {
        Instant now = clock.instant();
        RejectedEvent event = RejectedEvent.of(record, reason.code(), message, now, present.number(), present.digest());
        Tracing.Trace trace = tracing.follow(passage, now);
        return Written.of(Traceparent.on(event.toRecord(topics, record), trace.traceparent()), observer -> {
            trace.committed(clock.instant());
            camera.ifPresent(name -> account.rejected(name, reason.code()));
            observer.rejected(event);
        });
    }

    private static dev.glimpse.wire.Region region(dev.glimpse.captioner.Region region) {
        return new dev.glimpse.wire.Region(region.box(), region.tag(), region.attributes(), region.score());
    }

    static Position position(dev.glimpse.ledger.Position position) {
        return new Position(position.partition().topic(), position.partition().number(), position.offset());
    }

    /** The record that a frame came from, as far as a rejection shows it. */
    private static ConsumerRecord<byte[], byte[]> record(Frame frame) {
        Position at = position(frame.position());
        byte[] key = frame.camera().getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), key, frame.encoded());
    }
}
