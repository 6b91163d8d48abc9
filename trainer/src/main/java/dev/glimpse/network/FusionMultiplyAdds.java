package dev.glimpse.network;

import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.stream.LongStream;

/**
 * The size of a fusion transformer in, the multiplications with addition that captioning one picture takes in {@link
 * CachedCaptioner} out: those of linear layers and of attention. Not counted: embeddings, which are looked up, norms,
 * activations, softmax, biases.
 */
public record FusionMultiplyAdds(FusionSize size, TokenLayout layout) {
    /** Tags and regions through all layers, padding included. */
    public long encode() {
        long tokens = layout.context();
        long regions = (long) layout.regions() * (size.regionFeature() + 6) * size.width();
        return regions + size.layers() * (tokens * token() + attention(tokens, tokens));
    }

    /**
     * One call: the word before and [MASK] through all layers, and the scores of all words.
     *
     * @param position finished words before the one that is handed in, [CLS] included
     */
    public long step(int position) {
        long keys = layout.context() + position + 2L;
        long words = (long) size.width() * size.width() + (long) size.width() * size.vocabulary();
        return size.layers() * (2 * token() + attention(2, keys)) + words;
    }

    /** A greedy caption of so many words and its end: encoding once, then a call for each. */
    public long caption(int words) {
        return encode()
                + LongStream.rangeClosed(0, words)
                        .map(t -> step(Math.toIntExact(t)))
                        .sum();
    }

    /** The six matrices of a layer, for one token. */
    private long token() {
        return 4L * size.width() * size.width() + 2L * size.width() * size.feedForward();
    }

    /** Scores and weighted values of all heads. */
    private long attention(long queries, long keys) {
        return 2 * queries * keys * size.width();
    }
}
