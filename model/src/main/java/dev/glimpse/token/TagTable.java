package dev.glimpse.token;

import static dev.glimpse.error.UserError.require;

import java.util.ArrayList;
import java.util.List;

/**
 * Detected classes in, tag tokens out. Holds the word pieces of every class name, so that nothing is tokenized per picture;
 * the result is that of {@link TextInput#tags(Tokenizer, List, int)} on the names. Immutable, usable by any thread.
 */
public final class TagTable {
    private final List<String> names;
    private final List<int[]> pieces;
    private final int sep;
    private final int pad;

    /** @param names class names by class index, without background */
    public TagTable(Tokenizer tokenizer, List<String> names) {
        this.names = List.copyOf(names);
        this.pieces = names.stream().map(tokenizer::encode).toList();
        this.sep = tokenizer.sep();
        this.pad = tokenizer.pad();
    }

    /** Name of a class. */
    public String name(int label) {
        require(
                label >= 0 && label < names.size(),
                "class %d is outside of the %d labels: labels and detector do not belong together",
                label,
                names.size());
        return names.get(label);
    }

    /**
     * Tag tokens of one picture.
     *
     * @param classes (R), 0-based without background, by falling score
     * @param scores (R); rows of score 0 are skipped
     * @param length tag tokens L, at least 1
     * @return (L)
     */
    public int[] tokens(int[] classes, float[] scores, int length) {
        List<int[]> found = new ArrayList<>(classes.length);
        for (int r = 0; r < classes.length; r++) {
            if (scores[r] > 0) {
                name(classes[r]); // refuses a class without a label
                found.add(pieces.get(classes[r]));
            }
        }
        return TextInput.tags(found, sep, pad, length);
    }
}
