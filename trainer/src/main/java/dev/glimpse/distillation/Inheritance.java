package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.size.FusionSize;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The teacher's tensors and a student's random ones in, a student's first weights out: what fits is taken from the teacher.
 *
 * <p>Of equal widths every k-th layer is taken, the last one among them, and every other tensor of equal shape. A narrower student
 * takes the tables of words, positions and segments only, projected on the directions in which the teacher's word table is
 * largest: a truncated singular value decomposition, which keeps the inner products of words as well as that width can. Its layers
 * stay random, since rotating and cutting attention heads keeps nothing of what they do. All of this is ours [D]; that students
 * begin with the teacher's weights is EfficientVLM's and others' (Wang et al., arXiv 2210.07795).
 */
public final class Inheritance {
    private static final Pattern LAYER = Pattern.compile("layer(\\d+)\\.(.*)");
    private static final String WORDS = "embeddings.word.weight";
    private static final List<String> TABLES =
            List.of(WORDS, "embeddings.position.weight", "embeddings.segment.weight");

    private Inheritance() {}

    /**
     * First weights of a student.
     *
     * @param student its random tensors, by name
     * @return tensors of the same names and shapes
     */
    public static Map<String, FloatTensor> of(
            Map<String, FloatTensor> teacher, FusionSize from, Map<String, FloatTensor> student, FusionSize to) {
        require(
                to.width() <= from.width() && to.layers() <= from.layers(),
                "a student of %d layers of width %d cannot begin with a teacher of %d layers of width %d; set pretrain.initialise to "
                        + "random",
                to.layers(),
                to.width(),
                from.layers(),
                from.width());
        Map<String, FloatTensor> first = new LinkedHashMap<>(student);
        if (to.width() == from.width()) {
            first.replaceAll((name, random) -> fitting(teacher.get(source(name, from, to)), random));
        } else {
            float[] directions = directions(tensor(teacher, WORDS), to.width());
            for (String table : TABLES) {
                first.put(table, fitting(product(tensor(teacher, table), directions, to.width()), first.get(table)));
            }
        }
        return first;
    }

    private static FloatTensor tensor(Map<String, FloatTensor> tensors, String name) {
        FloatTensor tensor = tensors.get(name);
        require(tensor != null, "the teacher's checkpoint has no tensor %s", name);
        return Objects.requireNonNull(tensor);
    }

    /** Layer i of S layers is layer (i + 1) T / S - 1 of the teacher's T, rounded down. */
    private static String source(String name, FusionSize from, FusionSize to) {
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return name;
        }
        int taken = (Integer.parseInt(layer.group(1)) + 1) * from.layers() / to.layers() - 1;
        return "layer" + taken + "." + layer.group(2);
    }

    private static FloatTensor fitting(@Nullable FloatTensor teacher, @Nullable FloatTensor random) {
        if (random == null) {
            throw new IllegalArgumentException("a student has all tables");
        }
        return teacher != null && Arrays.equals(teacher.shape(), random.shape()) ? teacher : random;
    }

    /** (N, D) times (D, k). */
    private static FloatTensor product(FloatTensor table, float[] directions, int k) {
        int rows = (int) table.shape()[0];
        int width = (int) table.shape()[1];
        float[] result = new float[rows * k];
        for (int r = 0; r < rows; r++) {
            for (int d = 0; d < width; d++) {
                float value = table.data()[r * width + d];
                for (int j = 0; j < k; j++) {
                    result[r * k + j] += value * directions[d * k + j];
                }
            }
        }
        return new FloatTensor(new long[] {rows, k}, result);
    }

    /** The k right singular vectors of the largest singular values, as columns (D, k). */
    private static float[] directions(FloatTensor table, int k) {
        int width = (int) table.shape()[1];
        double[][] gram = new double[width][width]; // E^T E
        for (int r = 0; r < table.shape()[0]; r++) {
            for (int i = 0; i < width; i++) {
                double value = table.data()[r * width + i];
                for (int j = 0; j < width; j++) {
                    gram[i][j] += value * table.data()[r * width + j];
                }
            }
        }
        double[][] vectors = Eigen.vectors(gram);
        float[] directions = new float[width * k];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < k; j++) {
                directions[i * k + j] = (float) vectors[j][i];
            }
        }
        return directions;
    }
}
