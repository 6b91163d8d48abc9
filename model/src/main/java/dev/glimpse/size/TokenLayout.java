package dev.glimpse.size;

import static dev.glimpse.error.UserError.require;

/**
 * How many tokens of each kind the fusion transformer sees: {@code [CLS] caption [SEP] pad | tags [SEP] pad | regions}.
 *
 * @param caption caption tokens C, with [CLS] and [SEP]; positions 0 to C - 1
 * @param tags tag tokens L, with [SEP]; positions C to C + L - 1, whatever the caption's length
 * @param regions regions R, without positions
 * @param question question tokens Q, with [CLS] and [SEP]; positions 0 to Q - 1
 */
public record TokenLayout(int caption, int tags, int regions, int question) {
    public TokenLayout {
        require(caption >= 3, "caption must hold at least 3 tokens, was %d", caption);
        require(tags >= 2, "tags must hold at least 2 tokens, was %d", tags);
        require(regions > 0, "regions must be positive, was %d", regions);
        require(question >= 3, "question must hold at least 3 tokens, was %d", question);
    }

    /** Tokens L + R that do not depend on the caption. */
    public int context() {
        return tags + regions;
    }
}
