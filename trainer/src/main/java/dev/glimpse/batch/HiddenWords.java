package dev.glimpse.batch;

import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Hides words, as BERT does (Devlin et al., arXiv 1810.04805): of those chosen 80 % become [MASK], 10 % another piece, 10 %
 * stay.
 *
 * @param fraction share of the candidates that is chosen, in (0, 1]; at least one is
 * @param limit most chosen words of a sample
 */
public record HiddenWords(Tokenizer tokenizer, double fraction, int limit) {
    /**
     * Chooses places.
     *
     * @param candidates places that may be hidden, at least one
     * @return chosen places, rising
     */
    public int[] choose(List<Integer> candidates, Random random) {
        int count = (int) Math.max(1, Math.min(limit, Math.round(fraction * candidates.size())));
        List<Integer> left = new ArrayList<>(candidates);
        return IntStream.range(0, Math.min(count, left.size()))
                .map(i -> left.remove(random.nextInt(left.size())))
                .sorted()
                .toArray();
    }

    /** What stands in the place of a chosen word. */
    public int replacement(int word, Random random) {
        double draw = random.nextDouble();
        if (draw < 0.8) {
            return tokenizer.mask();
        }
        if (draw >= 0.9) {
            return word;
        }
        int other = random.nextInt(tokenizer.vocabulary());
        return other == tokenizer.pad() ? word : other; // padding would end the sentence
    }
}
