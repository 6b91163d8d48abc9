package dev.glimpse.weight;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a table of names.
 *
 * @param theirs expression that a whole name of theirs matches; groups are numbers or parts
 * @param ours our name; {@code {1}} stands for a group, {@code {1+2}} for a group that is a number, and two more
 * @param change what becomes of the numbers
 */
record WeightRule(Pattern theirs, String ours, Change change) {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)(?:\\+(\\d))?}");

    /** What becomes of the numbers. */
    enum Change {
        /** The same numbers, the same shape. */
        AS_IS,
        /** A linear layer: theirs is (out, in), ours (in, out). */
        TRANSPOSED,
        /** A 1x1 convolution (out, in, 1, 1) that is a linear layer (in, out) here. */
        POINTWISE;

        FloatTensor apply(String name, FloatTensor tensor) {
            long[] shape = tensor.shape();
            if (this == AS_IS) {
                return tensor;
            }
            boolean fits = this == TRANSPOSED ? shape.length == 2 : shape.length == 4 && shape[2] == 1 && shape[3] == 1;
            require(fits, "%s: expected a linear layer, found shape %s", name, Arrays.toString(shape));
            int out = Math.toIntExact(shape[0]);
            int in = Math.toIntExact(shape[1]);
            float[] turned = new float[in * out];
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    turned[i * out + o] = tensor.data()[o * in + i];
                }
            }
            return new FloatTensor(new long[] {in, out}, turned);
        }
    }

    static WeightRule same(String theirs, String ours) {
        return new WeightRule(Pattern.compile(theirs), ours, Change.AS_IS);
    }

    static WeightRule linear(String theirs, String ours) {
        return new WeightRule(Pattern.compile(theirs), ours, Change.TRANSPOSED);
    }

    static WeightRule pointwise(String theirs, String ours) {
        return new WeightRule(Pattern.compile(theirs), ours, Change.POINTWISE);
    }

    /** Our name of a tensor of theirs; nothing when this line is not about it. */
    Optional<String> translate(String name) {
        Matcher match = theirs.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(PLACE.matcher(ours).replaceAll(place -> {
            String group = match.group(Integer.parseInt(place.group(1)));
            String more = place.group(2);
            return more == null ? group : Integer.toString(Integer.parseInt(group) + Integer.parseInt(more));
        }));
    }
}
