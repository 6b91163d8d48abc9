package dev.glimpse.size;

import static dev.glimpse.error.UserError.require;

/**
 * Size of a fusion transformer: a post-norm BERT encoder over text tokens and regions.
 *
 * @param layers number of transformer layers
 * @param width hidden width D
 * @param heads attention heads H; divides D
 * @param feedForward width of the feed-forward layer
 * @param vocabulary number of word pieces V
 * @param positions rows of the position table; at least as many as the longest text
 * @param regionFeature length F of a region's feature vector, without its 6 numbers of geometry
 * @param answers number of VQA answers A
 */
public record FusionSize(
        int layers,
        int width,
        int heads,
        int feedForward,
        int vocabulary,
        int positions,
        int regionFeature,
        int answers) {
    public FusionSize {
        require(layers > 0, "layers must be positive, was %d", layers);
        require(heads > 0 && width % heads == 0, "width %d must be a multiple of heads %d", width, heads);
        require(feedForward > 0, "feedForward must be positive, was %d", feedForward);
        require(vocabulary > 0, "vocabulary must be positive, was %d", vocabulary);
        require(positions > 0, "positions must be positive, was %d", positions);
        require(regionFeature > 0, "regionFeature must be positive, was %d", regionFeature);
        require(answers > 0, "answers must be positive, was %d", answers);
    }

    /** Width d of one head. */
    public int headWidth() {
        return width / heads;
    }
}
