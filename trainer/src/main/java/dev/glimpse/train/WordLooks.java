package dev.glimpse.train;

import dev.glimpse.decode.Hypothesis;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.report.Report.Look;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which regions the words of a caption looked at: the last layer's attention, mean over heads and over a word's pieces. */
final class WordLooks {
    private WordLooks() {}

    /**
     * The words that looked most at a single region.
     *
     * @param tags tag tokens L, which come before the regions in a token's attention
     * @param most how many words at most
     * @return in the order of the caption
     */
    static List<Look> of(Hypothesis caption, Tokenizer tokenizer, int tags, RegionRow regions, int most) {
        List<Look> all = new ArrayList<>();
        int[] ids = caption.ids();
        int count = regions.count();
        int begin = 0;
        for (int end = 1; end <= ids.length; end++) {
            if (end == ids.length || words(tokenizer, ids, end + 1) > words(tokenizer, ids, end)) {
                String[] words = tokenizer.decode(Arrays.copyOf(ids, end)).split(" ");
                float[] weights = mean(caption.tokens().subList(begin, end), tags, count);
                all.add(new Look(words[words.length - 1], Arrays.copyOf(regions.boxes(), 4 * count), weights));
                begin = end;
            }
        }
        List<Look> strongest = all.stream()
                .sorted(Comparator.comparingDouble(look -> -strongest(look)))
                .limit(most)
                .toList();
        return all.stream().filter(strongest::contains).toList();
    }

    /** Words of the first tokens. */
    private static int words(Tokenizer tokenizer, int[] ids, int length) {
        return tokenizer.decode(Arrays.copyOf(ids, length)).split(" ").length;
    }

    private static float[] mean(List<Hypothesis.Token> pieces, int tags, int regions) {
        float[] mean = new float[regions];
        for (Hypothesis.Token piece : pieces) {
            for (int r = 0; r < regions && tags + r < piece.attention().length; r++) {
                mean[r] += piece.attention()[tags + r] / pieces.size();
            }
        }
        return mean;
    }

    private static double strongest(Look look) {
        double most = 0;
        for (float weight : look.weights()) {
            most = Math.max(most, weight);
        }
        return most;
    }
}
