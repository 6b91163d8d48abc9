package dev.glimpse.trace;

import dev.glimpse.ledger.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One input record on its way through the service, up to the record that is about to be written about it.
 *
 * @param position where it stood
 * @param camera whose frame or question it is, as far as known
 * @param id of the frame or question, as far as known
 * @param traceparent W3C trace context that it came with
 * @param received when it was polled
 * @param steps what was done with it, one after the other from then on
 * @param outcome {@code caption}, {@code answer}, or the code of why it was skipped or rejected
 * @param output topic that the outcome goes to
 */
public record Passage(
        Position position,
        Optional<String> camera,
        Optional<String> id,
        Optional<String> traceparent,
        Instant received,
        List<Step> steps,
        String outcome,
        String output) {
    public Passage {
        steps = List.copyOf(steps);
    }

    /**
     * A part of the way.
     *
     * @param name of its span
     * @param millis how long it took
     */
    public record Step(String name, double millis) {}
}
