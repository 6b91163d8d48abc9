package dev.glimpse.kafka;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Region;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.QuestionEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Replies of the pipeline in, answer events out. */
record AnswerWriter(AnswerSettings settings) {
    /** The answer to a question asked once, or why there is none. */
    AnswerEvent event(Settled.OfQuestion settled, Model model, int level, Instant now) {
        QuestionEvent question = settled.event();
        Position input = Scribe.position(settled.position());
        if (settled.reply() instanceof Reply.Answered answered) {
            Answer answer = answered.answer();
            return new AnswerEvent(
                    question.request(),
                    Optional.of(answered.seen().camera()),
                    Optional.of(answered.seen().frame()),
                    input,
                    question.question(),
                    Optional.of(answer.text()),
                    answer.confidence(),
                    candidates(answer),
                    settings.abstention(answer.confidence()),
                    evidence(answered.seen().sight().regions(), answer.regions()),
                    question.asked(),
                    now,
                    Optional.empty(),
                    level,
                    answered.seen().model().digest(),
                    answered.seen().model().engine(),
                    answered.seen().model().precision());
        }
        Reply.Unanswered unanswered = (Reply.Unanswered) settled.reply();
        return new AnswerEvent(
                question.request(),
                question.camera(),
                question.frame(),
                input,
                question.question(),
                Optional.empty(),
                0,
                List.of(),
                Optional.of(code(unanswered.reason())),
                List.of(),
                question.asked(),
                now,
                Optional.empty(),
                level,
                model.digest(),
                model.engine(),
                model.precision());
    }

    /** The answer to a standing question about one frame. */
    AnswerEvent event(Frame frame, Outcome.Captioned seen, Outcome.StandingAnswer given, Instant now) {
        Standing question = given.question();
        Optional<Answer> answer = given.answer();
        double confidence = answer.map(Answer::confidence).orElse(0.0);
        return new AnswerEvent(
                question.key(),
                Optional.of(frame.camera()),
                Optional.of(frame.id()),
                Scribe.position(frame.position()),
                question.text(),
                answer.map(Answer::text),
                confidence,
                answer.map(AnswerWriter::candidates).orElse(List.of()),
                answer.isPresent() ? settings.abstention(confidence) : Optional.of("engine-failed"),
                answer.map(a -> evidence(seen.sight().regions(), a.regions())).orElse(List.of()),
                question.asked(),
                now,
                Optional.of(question.id()),
                seen.level().number(),
                seen.model().digest(),
                seen.model().engine(),
                seen.model().precision());
    }

    private static List<AnswerEvent.Candidate> candidates(Answer answer) {
        return answer.top().stream()
                .map(candidate -> new AnswerEvent.Candidate(candidate.text(), candidate.confidence()))
                .toList();
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
