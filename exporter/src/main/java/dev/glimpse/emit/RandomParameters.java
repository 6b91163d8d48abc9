package dev.glimpse.emit;

import dev.glimpse.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Random parameters of plausible magnitude, made when a network asks for them and the same ever after: for measurements. */
public final class RandomParameters implements ParameterSource {
    private static final Pattern NORM = Pattern.compile(".*norm\\d?\\.weight");

    private final Map<String, FloatTensor> tensors = new TreeMap<>();
    private final long seed;

    public RandomParameters(long seed) {
        this.seed = seed;
    }

    @Override
    public float[] get(String name, long... shape) {
        FloatTensor tensor = tensors.computeIfAbsent(name, n -> new FloatTensor(shape, fill(n, shape)));
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(name + " is asked for with two shapes");
        }
        return tensor.data().clone();
    }

    /** Everything that was asked for so far. */
    public Map<String, FloatTensor> tensors() {
        return tensors;
    }

    private float[] fill(String name, long... shape) {
        Random random = new Random(seed * 31 + name.hashCode());
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        double least = 0;
        double spread = .1;
        boolean uniform = false;
        if (name.endsWith(".variance") || name.endsWith(".fusion")) {
            least = .5;
            spread = 1;
            uniform = true;
        } else if (NORM.matcher(name).matches()) {
            least = 1;
        } else if (name.startsWith("embeddings.")) {
            spread = .5;
        } else if (shape.length > 1) {
            long inputs = shape.length == 2 ? shape[0] : shape[1] * shape[2] * shape[3];
            spread = Math.sqrt(1.5 / inputs);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (least + spread * (uniform ? random.nextDouble() : random.nextGaussian()));
        }
        return values;
    }
}
