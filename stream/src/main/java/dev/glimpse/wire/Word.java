package dev.glimpse.wire;

import java.util.List;

/**
 * A word of a caption.
 *
 * @param text the word
 * @param probability its probability in [0, 1]
 * @param regions how much it looked at each of the caption's regions, in their order, each in [0, 1]
 */
public record Word(String text, double probability, List<Float> regions) {
    public Word {
        regions = List.copyOf(regions);
    }
}
