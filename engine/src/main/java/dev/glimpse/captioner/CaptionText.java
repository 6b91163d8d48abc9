package dev.glimpse.captioner;

import dev.glimpse.bundle.Temperatures;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Word pieces with their probabilities in, a caption in words out. */
final class CaptionText {
    private CaptionText() {}

    /**
     * Joins pieces to words: probabilities multiply, attention is the mean over a word's pieces.
     *
     * @param tagTokens tag tokens L, which come before the regions in a piece's attention
     * @param regions regions found
     * @param temperature of the caption's confidence
     */
    static Caption caption(Tokenizer tokenizer, Hypothesis hypothesis, int tagTokens, int regions, double temperature) {
        List<Caption.Word> words = new ArrayList<>();
        List<Hypothesis.Token> tokens = hypothesis.tokens();
        for (int from = 0; from < tokens.size(); ) {
            int to = from + 1;
            while (to < tokens.size() && continues(tokenizer, tokens.get(to))) {
                to++;
            }
            words.add(word(tokenizer, tokens.subList(from, to), tagTokens, regions));
            from = to;
        }
        double sum = words.stream().mapToDouble(w -> Math.log(w.probability())).sum();
        double confidence = Temperatures.caption(Math.exp(sum / words.size()), temperature);
        return new Caption(tokenizer.decode(hypothesis.ids()), words, confidence);
    }

    private static boolean continues(Tokenizer tokenizer, Hypothesis.Token token) {
        return tokenizer.piece(token.id()).startsWith("##");
    }

    private static Caption.Word word(Tokenizer tokenizer, List<Hypothesis.Token> pieces, int tagTokens, int regions) {
        StringBuilder text = new StringBuilder();
        double sum = 0;
        float[] attention = new float[regions];
        for (Hypothesis.Token piece : pieces) {
            String letters = tokenizer.piece(piece.id());
            text.append(letters.startsWith("##") ? letters.substring(2) : letters);
            sum += piece.logProbability();
            for (int r = 0; r < regions; r++) {
                attention[r] += piece.attention()[tagTokens + r] / pieces.size();
            }
        }
        return new Caption.Word(text.toString(), Math.exp(sum), floats(attention));
    }

    /** The values as a list. */
    static List<Float> floats(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
