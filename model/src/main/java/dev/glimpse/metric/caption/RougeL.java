package dev.glimpse.metric.caption;

import java.util.List;

/** ROUGE-L: F-measure of the longest common subsequence (Lin 2004), beta 1.2, best precision and best recall apart. */
final class RougeL {
    private static final double BETA_SQUARED = 1.2 * 1.2;

    private RougeL() {}

    /**
     * Score of one tokenised caption in [0, 1]. Tokens are split at the blank alone, so that an empty caption is one
     * empty token, and two empty captions agree: so the COCO caption evaluation has it.
     */
    static double score(String candidate, List<String> references) {
        String[] words = candidate.split(" ", -1);
        double precision = 0;
        double recall = 0;
        for (String reference : references) {
            String[] other = reference.split(" ", -1);
            double common = longestCommonSubsequence(words, other);
            precision = Math.max(precision, common / words.length);
            recall = Math.max(recall, common / other.length);
        }
        if (precision == 0 || recall == 0) {
            return 0;
        }
        return (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
    }

    private static int longestCommonSubsequence(String[] a, String[] b) {
        int[] row = new int[b.length + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.length; j++) {
                int above = row[j];
                row[j] = word.equals(b[j - 1]) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.length];
    }
}
