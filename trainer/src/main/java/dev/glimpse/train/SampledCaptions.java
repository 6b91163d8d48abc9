package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.Pictures;
import dev.glimpse.decode.NextToken;
import dev.glimpse.network.CachedCaptioner;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.Tokenizer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Captions drawn word by word with the probabilities that the transformer gives, special tokens and empty captions left out.
 *
 * @param count captions per picture
 */
record SampledCaptions(
        NDManager manager, Parameters parameters, FusionSize size, TokenLayout layout, Tokenizer tokenizer, int count) {
    /**
     * Draws captions.
     *
     * @param chosen numbers of P pictures
     * @return (P x count, C): [CLS], words, [SEP], padding; the captions of a picture side by side
     */
    int[][] draw(Pictures pictures, int[] chosen, Random random) {
        int rows = chosen.length * count;
        int[][] captions = new int[rows][layout.caption()];
        for (int[] caption : captions) {
            Arrays.fill(caption, tokenizer.pad());
            caption[0] = tokenizer.cls();
        }
        int[][] tags = Arrays.stream(chosen).mapToObj(pictures::tags).toArray(int[][]::new);
        int[] itself = IntStream.range(0, rows).toArray();
        try (NDManager step = manager.newSubManager();
                CachedCaptioner next = new CachedCaptioner(
                        step,
                        size,
                        layout,
                        parameters.constant(step),
                        tags,
                        pictures.regions(chosen),
                        count,
                        tokenizer.mask())) {
            boolean open = true;
            for (int t = 1; t < layout.caption() && open; t++) {
                open = extend(captions, t, next.next(column(captions, t - 1), itself), random);
            }
        }
        return captions;
    }

    /** Draws the word at place t of every caption that has not ended; says whether any goes on. */
    private boolean extend(int[][] captions, int t, NextToken.Step scores, Random random) {
        boolean open = false;
        for (int row = 0; row < captions.length; row++) {
            double draw = random.nextDouble(); // also for those that ended: draws do not depend on the others' lengths
            int before = captions[row][t - 1];
            if (before != tokenizer.sep() && before != tokenizer.pad()) {
                boolean last = t == layout.caption() - 1;
                captions[row][t] = last ? tokenizer.sep() : drawn(scores.logits()[row], t, draw);
                open |= captions[row][t] != tokenizer.sep();
            }
        }
        return open;
    }

    private int drawn(float[] logits, int t, double draw) {
        double max = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < logits.length; id++) {
            max = allowed(id, t) ? Math.max(max, logits[id]) : max;
        }
        double[] upTo = new double[logits.length];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            sum += allowed(id, t) ? Math.exp(logits[id] - max) : 0;
            upTo[id] = sum;
        }
        int id = 0;
        while (!(upTo[id] > draw * sum)) {
            id++;
        }
        return id;
    }

    private boolean allowed(int id, int t) {
        return id != tokenizer.pad()
                && id != tokenizer.unknown()
                && id != tokenizer.cls()
                && id != tokenizer.mask()
                && (t > 1 || id != tokenizer.sep());
    }

    private static int[] column(int[][] captions, int t) {
        return Arrays.stream(captions).mapToInt(c -> c[t]).toArray();
    }

    /** The words of a drawn caption as text. */
    String text(int[] caption) {
        int end = 1;
        while (caption[end] != tokenizer.sep()) {
            end++;
        }
        return tokenizer.decode(Arrays.copyOfRange(caption, 1, end));
    }
}
