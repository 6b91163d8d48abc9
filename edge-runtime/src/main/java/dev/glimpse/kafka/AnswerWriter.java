package dev.glimpse.kafka;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Region;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.QuestionEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A reply of the pipeline in, an answer event out. */
final class AnswerWriter {
    private AnswerWriter() {}

    static AnswerEvent event(Settled.OfQuestion settled, Scribe.Model model, Instant now) {
        QuestionEvent question = settled.event();
        Position input = Scribe.position(settled.position());
        if (settled.reply() instanceof Reply.Answered answered) {
            return answered(question, input, answered, model, now);
        }
        Reply.Unanswered unanswered = (Reply.Unanswered) settled.reply();
        return new AnswerEvent(
                question.request(),
                question.camera(),
                Optional.empty(),
                input,
                question.question(),
                Optional.empty(),
                0,
                List.of(),
                Optional.of(code(unanswered.reason())),
                List.of(),
                question.asked(),
                now,
                model.digest(),
                model.engine(),
                model.precision());
    }

    private static AnswerEvent answered(
            QuestionEvent question, Position input, Reply.Answered answered, Scribe.Model model, Instant now) {
        Answer answer = answered.answer();
        return new AnswerEvent(
                question.request(),
                Optional.of(answered.seen().camera()),
                Optional.of(answered.seen().frame()),
                input,
                question.question(),
                Optional.of(answer.text()),
                answer.confidence(),
                answer.top().stream()
                        .map(candidate -> new AnswerEvent.Candidate(candidate.text(), candidate.confidence()))
                        .toList(),
                Optional.empty(),
                evidence(answered.seen().sight().regions(), answer.regions()),
                question.asked(),
                now,
                model.digest(),
                model.engine(),
                model.precision());
    }

    private static List<AnswerEvent.Evidence> evidence(List<Region> regions, List<Float> weights) {
        return IntStream.range(0, Math.min(regions.size(), weights.size()))
                .mapToObj(i -> evidence(regions.get(i), weights.get(i)))
                .sorted(Comparator.comparing(AnswerEvent.Evidence::weight).reversed())
                .toList();
    }

    private static AnswerEvent.Evidence evidence(Region region, float weight) {
        return new AnswerEvent.Evidence(region.box(), region.tag(), region.score(), weight);
    }

    private static String code(Reply.Reason reason) {
        return switch (reason) {
            case EXPIRED -> "expired";
            case UNSEEN, FORGOTTEN -> "no-frame";
            case OVERLOAD -> "overload";
            case FAILED -> "engine-failed";
            case STOPPED -> "stopped";
        };
    }
}
