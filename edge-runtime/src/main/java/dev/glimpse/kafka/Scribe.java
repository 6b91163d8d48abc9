package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.captioner.Caption;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Stage;
import dev.glimpse.pipeline.Stopwatch;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.RejectionReason;
import dev.glimpse.wire.SkipReason;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.Word;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Outcomes in, records of the wire out. */
final class Scribe {
    private final Topics topics;
    private final Model model;
    private final Account account;
    private final Stopwatch stopwatch;
    private final InstantSource clock;

    Scribe(Topics topics, Model model, Account account, Stopwatch stopwatch, InstantSource clock) {
        this.topics = topics;
        this.model = model;
        this.account = account;
        this.stopwatch = stopwatch;
        this.clock = clock;
    }

    /** What stands in every event about the model at work. */
    record Model(String digest, String engine, String precision) {}

    Written write(Settled settled) {
        if (settled instanceof Settled.OfFrame frame) {
            return write(frame.finished().frame(), frame.finished().outcome());
        } else if (settled instanceof Settled.OfQuestion question) {
            var event = AnswerWriter.event(question, model, clock.instant());
            return Written.of(event.toRecord(topics), observer -> observer.answered(event));
        } else if (settled instanceof Settled.PassedOver passed) {
            return passedOver(passed);
        } else if (settled instanceof Settled.Unreadable unreadable) {
            return rejection(unreadable.record(), unreadable.camera(), unreadable.reason(), unreadable.message());
        }
        throw new IllegalStateException("unknown kind of outcome " + settled);
    }

    private Written write(Frame frame, Outcome outcome) {
        if (outcome instanceof Outcome.Captioned captioned) {
            return caption(frame, captioned);
        } else if (outcome instanceof Outcome.Skipped skipped) {
            return skip(frame, SkipReason.valueOf(skipped.reason().name()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            RejectionReason reason = RejectionReason.valueOf(rejected.cause().name());
            return rejection(record(frame), Optional.of(frame.camera()), reason, rejected.message());
        }
        throw new IllegalStateException("a frame that was withdrawn has no outcome: " + frame.position());
    }

    private Written caption(Frame frame, Outcome.Captioned captioned) {
        Caption caption = captioned.sight().caption();
        CaptionEvent event = new CaptionEvent(
                frame.camera(),
                frame.id(),
                position(frame.position()),
                frame.captured(),
                frame.received(),
                clock.instant(),
                caption.text(),
                caption.confidence(),
                caption.words().stream()
                        .map(word -> new Word(word.text(), word.probability(), word.regions()))
                        .toList(),
                captioned.sight().regions().stream().map(Scribe::region).toList(),
                model.digest(),
                model.engine(),
                model.precision(),
                0);
        return Written.of(event.toRecord(topics, frame.traceparent()), observer -> {
            Duration latency = Duration.between(frame.captured(), clock.instant());
            account.captioned(frame.camera(), latency);
            stopwatch.took(Stage.TOTAL, latency.toNanos());
            observer.captioned(event, captioned, frame.encoded());
        });
    }

    private Written skip(Frame frame, SkipReason reason) {
        Position at = position(frame.position());
        SkippedEvent event = new SkippedEvent(
                Optional.of(frame.camera()),
                new SkippedEvent.Range(at.topic(), at.partition(), at.offset(), at.offset()),
                reason,
                clock.instant(),
                model.digest());
        return Written.of(event.toRecord(topics), observer -> {
            account.skipped(frame.camera(), reason.name().toLowerCase(Locale.ROOT));
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
                model.digest());
        return Written.of(event.toRecord(topics), observer -> {
            account.passedOver(passed.count());
            observer.skipped(event);
        });
    }

    private Written rejection(
            ConsumerRecord<byte[], byte[]> record, Optional<String> camera, RejectionReason reason, String message) {
        RejectedEvent event = RejectedEvent.of(record, reason.code(), message, clock.instant(), model.digest());
        return Written.of(event.toRecord(topics, record), observer -> {
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
