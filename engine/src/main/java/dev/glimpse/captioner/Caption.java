package dev.glimpse.captioner;

import java.util.List;

/**
 * A caption with its evidence.
 *
 * @param text the sentence, lower case, without final stop
 * @param words its words in order
 * @param confidence estimated probability in [0, 1] that every word of the caption is true of the picture: the geometric
 *     mean of the words' probabilities, corrected by the bundle's temperature
 */
public record Caption(String text, List<Word> words, double confidence) {
    /** No words: there was no time for them. */
    public static final Caption NONE = new Caption("", List.of(), 0);

    public Caption {
        words = List.copyOf(words);
    }

    /**
     * One word.
     *
     * @param text the word, its pieces joined
     * @param probability product of its pieces' probabilities
     * @param regions attention on each entry of {@link Sight#regions()} while it was written, each in [0, 1]; the rest of
     *     the attention went to tags and earlier words
     */
    public record Word(String text, double probability, List<Float> regions) {
        public Word {
            regions = List.copyOf(regions);
        }
    }
}
