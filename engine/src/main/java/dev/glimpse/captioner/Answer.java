package dev.glimpse.captioner;

import java.util.List;

/**
 * An answer with its evidence.
 *
 * @param text the best answer
 * @param confidence its probability in [0, 1], corrected by the bundle's temperature
 * @param top the five best answers, best first
 * @param regions attention on each entry of {@link Sight#regions()}, each in [0, 1]
 */
public record Answer(String text, double confidence, List<Candidate> top, List<Float> regions) {
    public Answer {
        top = List.copyOf(top);
        regions = List.copyOf(regions);
    }

    /** One possible answer and its probability. */
    public record Candidate(String text, double confidence) {}
}
