package dev.glimpse.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glimpse.box.Box;
import dev.glimpse.json.Json;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.wire.CaptionEvent;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The JSON that the page reads: outcomes and answers in, one line of text out. */
final class PageJson {
    private static final ObjectWriter WRITER = Json.mapper().writer().without(SerializationFeature.INDENT_OUTPUT);

    private PageJson() {}

    /** A caption with all that is drawn of it; boxes are [x1, y1, x2, y2] in pixels of a picture of width x height. */
    record Caption(
            String camera,
            String frame,
            String picture,
            int width,
            int height,
            String captured,
            double latencyMillis,
            String caption,
            double confidence,
            List<Word> words,
            List<Region> regions,
            int level,
            Outcome.Times times) {}

    /** The latest answer to a standing question. */
    record Standing(String camera, String id, String question, String answer, double confidence, String abstained) {}

    record Word(String text, double probability, List<Float> regions) {}

    record Region(float[] box, String tag, List<String> attributes, float score) {}

    /** An answer with what it looked at, most first. */
    record Answer(
            String camera,
            String frame,
            String picture,
            int width,
            int height,
            String question,
            String answer,
            double confidence,
            List<dev.glimpse.captioner.Answer.Candidate> top,
            String abstained,
            List<Evidence> evidence,
            double millis) {}

    record Evidence(float[] box, String tag, float score, float weight) {}

    static Caption caption(CaptionEvent event, Outcome.Captioned outcome, Instant committed) {
        return new Caption(
                event.camera(),
                event.frame(),
                picture(event.camera(), event.frame()),
                outcome.width(),
                outcome.height(),
                event.captured().toString(),
                Duration.between(event.captured(), committed).toNanos() / 1e6,
                event.caption(),
                event.confidence(),
                event.words().stream()
                        .map(word -> new Word(word.text(), word.probability(), word.regions()))
                        .toList(),
                event.regions().stream()
                        .map(region ->
                                new Region(corners(region.box()), region.tag(), region.attributes(), region.score()))
                        .toList(),
                event.degraded(),
                outcome.times());
    }

    /** @param abstained why the answer should not be relied on */
    static Answer answer(Reply.Answered reply, Optional<String> abstained) {
        var seen = reply.seen();
        List<dev.glimpse.captioner.Region> regions = seen.sight().regions();
        List<Float> weights = reply.answer().regions();
        return new Answer(
                seen.camera(),
                seen.frame(),
                picture(seen.camera(), seen.frame()),
                seen.width(),
                seen.height(),
                reply.question().text(),
                reply.answer().text(),
                reply.answer().confidence(),
                reply.answer().top(),
                abstained.orElse(""),
                IntStream.range(0, Math.min(regions.size(), weights.size()))
                        .mapToObj(i -> evidence(regions.get(i), weights.get(i)))
                        .sorted((a, b) -> Float.compare(b.weight(), a.weight()))
                        .toList(),
                reply.millis());
    }

    /** Any value as JSON in one line. */
    static String line(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Evidence evidence(dev.glimpse.captioner.Region region, float weight) {
        return new Evidence(corners(region.box()), region.tag(), region.score(), weight);
    }

    private static float[] corners(Box box) {
        return new float[] {box.x1(), box.y1(), box.x2(), box.y2()};
    }

    private static String picture(String camera, String frame) {
        return "/cameras/" + encoded(camera) + "/picture?frame=" + encoded(frame);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
