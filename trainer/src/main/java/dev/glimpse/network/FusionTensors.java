package dev.glimpse.network;

import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.FusionSize;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a fusion transformer, part by part; names and shapes as in docs/networks.md. */
public final class FusionTensors {
    private static final Init EMBEDDING = new Init.Normal(0.02);
    /** Every answer starts at a probability of 1 %: most answers are wrong for most questions. */
    private static final Init ANSWER = new Init.Constant((float) -Math.log(99));

    /** Name of the projection of the student's states to the teacher's width. */
    public static final String PROJECTION = "distillation.projection";

    private FusionTensors() {}

    /** For pre-training: body, word head, matching head. */
    public static List<ParameterSpec> pretraining(FusionSize size) {
        List<ParameterSpec> specs = new ArrayList<>(captioning(size));
        specs.addAll(pooler(size));
        linear(specs, size, "matching", size.width(), 2, Init.zeros());
        return specs;
    }

    /** For captioning: body, word head. */
    public static List<ParameterSpec> captioning(FusionSize size) {
        List<ParameterSpec> specs = new ArrayList<>(body(size));
        linear(specs, size, "word.transform", size.width(), size.width(), Init.zeros());
        norm(specs, "word.norm", size.width());
        specs.add(ParameterSpec.bias("word.bias", Init.zeros(), size.vocabulary()));
        return specs;
    }

    /** For questions: body, answer head. */
    public static List<ParameterSpec> answering(FusionSize size) {
        List<ParameterSpec> specs = new ArrayList<>(body(size));
        specs.addAll(pooler(size));
        linear(specs, size, "answer", size.width(), size.answers(), ANSWER);
        return specs;
    }

    /**
     * The projection of the student's states to the teacher's width, which distillation trains and nothing else uses.
     *
     * @param width the teacher's
     */
    public static List<ParameterSpec> projection(FusionSize student, int width) {
        List<ParameterSpec> specs = new ArrayList<>();
        linear(specs, student, PROJECTION, student.width(), width, Init.zeros());
        return specs;
    }

    private static List<ParameterSpec> body(FusionSize size) {
        int d = size.width();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight("embeddings.word.weight", EMBEDDING, size.vocabulary(), d));
        specs.add(ParameterSpec.weight("embeddings.position.weight", EMBEDDING, size.positions(), d));
        specs.add(ParameterSpec.weight("embeddings.segment.weight", EMBEDDING, 2, d));
        norm(specs, "embeddings.norm", d);
        linear(specs, size, "region.projection", size.regionFeature() + 6, d, Init.zeros());
        norm(specs, "region.norm", d);
        for (int i = 0; i < size.layers(); i++) {
            String layer = "layer" + i;
            for (String part : List.of("query", "key", "value", "output")) {
                linear(specs, size, layer + ".attention." + part, d, d, Init.zeros());
            }
            norm(specs, layer + ".attention.norm", d);
            linear(specs, size, layer + ".ffn.in", d, size.feedForward(), Init.zeros());
            linear(specs, size, layer + ".ffn.out", size.feedForward(), d, Init.zeros());
            norm(specs, layer + ".ffn.norm", d);
        }
        return specs;
    }

    private static List<ParameterSpec> pooler(FusionSize size) {
        List<ParameterSpec> specs = new ArrayList<>();
        linear(specs, size, "pooler", size.width(), size.width(), Init.zeros());
        return specs;
    }

    /**
     * BERT's deviation of .02 belongs to a width of 768; narrower layers get more, so that signals keep their scale. With .02
     * at a width of 32 a tiny student does not learn to look at regions.
     */
    private static Init matrix(FusionSize size) {
        return new Init.Normal(0.02 * Math.sqrt(768.0 / size.width()));
    }

    private static void linear(List<ParameterSpec> specs, FusionSize size, String name, int in, int out, Init bias) {
        specs.add(ParameterSpec.weight(name + ".weight", matrix(size), in, out));
        specs.add(ParameterSpec.bias(name + ".bias", bias, out));
    }

    private static void norm(List<ParameterSpec> specs, String name, int width) {
        specs.add(ParameterSpec.bias(name + ".weight", Init.ones(), width));
        specs.add(ParameterSpec.bias(name + ".bias", Init.zeros(), width));
    }
}
