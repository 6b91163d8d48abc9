package dev.glimpse.token;

import static dev.glimpse.error.UserError.require;

import java.util.Arrays;
import java.util.List;

/**
 * Text in, token ids of a fixed length out: the one place that decides how captions, questions and tags become input of the
 * fusion transformer, in training and at the edge alike.
 */
public final class TextInput {
    private TextInput() {}

    /**
     * Tokens of a caption: {@code [CLS] pieces [SEP] [PAD]...}. A caption that is too long is cut; [SEP] stays.
     *
     * @param length caption tokens C, at least 2
     * @return (C)
     */
    public static int[] caption(Tokenizer tokenizer, String caption, int length) {
        return framed(tokenizer, caption, length);
    }

    /**
     * Tokens of a question: {@code [CLS] pieces [SEP] [PAD]...}. A question that is too long is cut; [SEP] stays.
     *
     * @param length question tokens Q, at least 2
     * @return (Q)
     */
    public static int[] question(Tokenizer tokenizer, String question, int length) {
        return framed(tokenizer, question, length);
    }

    /**
     * Tokens of tags: {@code pieces [SEP] [PAD]...}. Tags are appended whole, in order, repeated ones too, until the first
     * that does not fit into L - 1 tokens.
     *
     * @param tags class names of the regions found, by falling score; rows of score 0 hold no region and give no tag
     * @param length tag tokens L, at least 1
     * @return (L)
     */
    public static int[] tags(Tokenizer tokenizer, List<String> tags, int length) {
        return tags(tags.stream().map(tokenizer::encode).toList(), tokenizer.sep(), tokenizer.pad(), length);
    }

    /** As {@link #tags(Tokenizer, List, int)}, from the word pieces of each tag. */
    static int[] tags(Iterable<int[]> pieces, int sep, int pad, int length) {
        require(length >= 1, "tags need at least 1 token for [SEP], found %d", length);
        int[] ids = new int[length];
        int used = 0;
        for (int[] tag : pieces) {
            if (used + tag.length > length - 1) {
                break;
            }
            System.arraycopy(tag, 0, ids, used, tag.length);
            used += tag.length;
        }
        ids[used] = sep;
        Arrays.fill(ids, used + 1, length, pad);
        return ids;
    }

    private static int[] framed(Tokenizer tokenizer, String text, int length) {
        require(length >= 2, "text needs at least 2 tokens for [CLS] and [SEP], found %d", length);
        int[] pieces = tokenizer.encode(text);
        int kept = Math.min(pieces.length, length - 2);
        int[] ids = new int[length];
        ids[0] = tokenizer.cls();
        System.arraycopy(pieces, 0, ids, 1, kept);
        ids[kept + 1] = tokenizer.sep();
        Arrays.fill(ids, kept + 2, length, tokenizer.pad());
        return ids;
    }
}
