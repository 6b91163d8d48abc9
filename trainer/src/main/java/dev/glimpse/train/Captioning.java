package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.Pictures;
import dev.glimpse.decode.Hypothesis;
import dev.glimpse.decode.Search;
import dev.glimpse.network.CachedCaptioner;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes captions of stored pictures.
 *
 * @param manager long-lived
 * @param parameters a captioning transformer
 */
record Captioning(NDManager manager, Parameters parameters, FusionSize size, TokenLayout layout, Tokenizer tokenizer) {
    /** As {@link #hypotheses}, as text. */
    List<String> captions(Pictures pictures, int[] chosen, int batch, int beams) {
        return texts(hypotheses(pictures, chosen, batch, beams));
    }

    /**
     * Captions.
     *
     * @param chosen numbers of the pictures
     * @param batch pictures of one search
     * @param beams 1 is greedy
     * @return one per picture
     */
    List<Hypothesis> hypotheses(Pictures pictures, int[] chosen, int batch, int beams) {
        List<Hypothesis> captions = new ArrayList<>();
        Search search = new Search(tokenizer, layout.caption() - 2, beams);
        for (int from = 0; from < chosen.length; from += batch) {
            int[] some = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + batch));
            int[][] tags = Arrays.stream(some).mapToObj(pictures::tags).toArray(int[][]::new);
            try (NDManager step = manager.newSubManager();
                    CachedCaptioner next = new CachedCaptioner(
                            step,
                            size,
                            layout,
                            parameters.constant(step),
                            tags,
                            pictures.regions(some),
                            beams,
                            tokenizer.mask())) {
                captions.addAll(search.run(next, some.length));
            }
        }
        return captions;
    }

    /** As text. */
    List<String> texts(List<Hypothesis> captions) {
        return captions.stream().map(c -> tokenizer.decode(c.ids())).toList();
    }
}
