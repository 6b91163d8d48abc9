package dev.glimpse.detector;

import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** Tensors of a detector, added one by one, as its parts need them. */
final class TensorList {
    /** Deviation of the first weights of layers whose output means little before training. */
    static final double SMALL = 0.01;

    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<ParameterSpec> statistics = new ArrayList<>();

    DetectorTensors tensors() {
        return new DetectorTensors(parameters, statistics);
    }

    void parameter(ParameterSpec spec) {
        parameters.add(spec);
    }

    /** A kernel (out, in / groups, side, side). */
    void kernel(String name, long out, long in, long side) {
        parameters.add(ParameterSpec.weight(name, Init.he(in * side * side), out, in, side, side));
    }

    void norm(String name, long channels) {
        affine(parameters, name, channels, 1);
        running(name, channels);
    }

    /** A batch norm whose scale and shift stay as they are: they stand among the statistics. */
    void frozenNorm(String name, long channels, double scale) {
        affine(statistics, name, channels, scale);
        running(name, channels);
    }

    /** A batch norm whose scale is not 1 at first. */
    void norm(String name, long channels, double scale) {
        affine(parameters, name, channels, scale);
        running(name, channels);
    }

    private static void affine(List<ParameterSpec> to, String name, long channels, double scale) {
        to.add(ParameterSpec.bias(name + ".weight", new Init.Constant((float) scale), channels));
        to.add(ParameterSpec.bias(name + ".bias", Init.zeros(), channels));
    }

    private void running(String name, long channels) {
        statistics.add(ParameterSpec.bias(name + ".mean", Init.zeros(), channels));
        statistics.add(ParameterSpec.bias(name + ".variance", Init.ones(), channels));
    }

    void linear(String name, long in, long out, Init init) {
        parameters.add(ParameterSpec.weight(name + ".weight", init, in, out));
        parameters.add(ParameterSpec.bias(name + ".bias", Init.zeros(), out));
    }

    /** A 1x1 convolution with bias. */
    void pointwise(String name, long in, long out) {
        parameters.add(ParameterSpec.weight(name + ".weight", new Init.Normal(SMALL), out, in, 1, 1));
        parameters.add(ParameterSpec.bias(name + ".bias", Init.zeros(), out));
    }

    void convolutionNorm(String prefix, long out, long in, long kernel) {
        kernel(prefix + ".conv.weight", out, in, kernel);
        norm(prefix + ".norm", out);
    }

    /** What says of a region feature (F) which class and box it is: background and classes, four offsets. */
    void classified(long feature, int classes) {
        linear("head.class", feature, classes + 1L, new Init.Normal(SMALL));
        linear("head.deltas", feature, 4, new Init.Normal(SMALL / 10));
    }

    /** The attribute head; nothing where there are no attributes. */
    void attributes(long feature, int classes, int attributes, int embedding, int hidden) {
        if (attributes > 0) {
            long in = embedding + feature;
            parameters.add(
                    ParameterSpec.weight("attribute.embedding.weight", new Init.Normal(1), classes + 1L, embedding));
            linear("attribute.hidden", in, hidden, Init.he(in));
            linear("attribute.output", hidden, attributes, new Init.Normal(SMALL));
        }
    }
}
