package dev.glimpse.decode;

import java.util.List;

/**
 * A finished caption.
 *
 * @param tokens its word pieces, without [CLS] and [SEP]
 * @param score sum of log probabilities, [SEP]'s included, over their number; at most 0
 */
public record Hypothesis(List<Token> tokens, double score) {
    public Hypothesis {
        tokens = List.copyOf(tokens);
    }

    /**
     * One word piece.
     *
     * @param logProbability natural logarithm of its probability, at most 0
     * @param attention (L + R) attention on tags and regions while it was written; empty where it was not asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
    public record Token(int id, double logProbability, float[] attention) {}

    /** The ids alone. */
    public int[] ids() {
        return tokens.stream().mapToInt(Token::id).toArray();
    }
}
