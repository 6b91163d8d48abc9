package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Labels;
import dev.glimpse.engine.Engine;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.token.TagTable;
import dev.glimpse.token.TextInput;
import dev.glimpse.token.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs the graphs as the edge will, from a picture to two words and an answer, and records each run. A graph that gives
 * other rows in a batch than alone, or no finite numbers, is refused.
 */
final class GoldenRuns {
    private static final int BATCH = 3;
    private static final String QUESTION = "what is in the picture?";

    private final Engine engine;
    private final Graphs graphs;
    private final double tolerance;
    private final Map<String, Golden> runs = new LinkedHashMap<>();

    /** @param tolerance largest difference, relative to 1 + the expected absolute value */
    GoldenRuns(Engine engine, Graphs graphs, double tolerance) {
        this.engine = engine;
        this.graphs = graphs;
        this.tolerance = tolerance;
    }

    /** Golden runs by file name. */
    Map<String, Golden> record(Tokenizer tokenizer, Labels labels) {
        Map<String, Golden.Tensor> regions = run("detector", Bundle.DETECTOR, pictureInputs());
        int[] tags = tags(tokenizer, labels, regions);
        Map<String, Golden.Tensor> encodeInputs = regionInputs(regions);
        encodeInputs.put("tags", ids(tags));
        Map<String, Golden.Tensor> context = run("encode", Bundle.ENCODE, encodeInputs);
        Map<String, Golden.Tensor> first =
                run("step-first", Bundle.STEP, stepInputs(context, emptyCaches(), tokenizer.cls(), tokenizer, 0));
        Map<String, Golden.Tensor> caches =
                Map.of("keys", find(first, "keys_out"), "values", find(first, "values_out"));
        int word = best(find(first, "logits").floats());
        run("step-second", Bundle.STEP, stepInputs(context, caches, word, tokenizer, 1));
        Map<String, Golden.Tensor> answerInputs = regionInputs(regions);
        answerInputs.put(
                "question",
                ids(TextInput.question(tokenizer, QUESTION, graphs.layout().question())));
        run("answer", Bundle.ANSWER, answerInputs);
        return runs;
    }

    private Map<String, Golden.Tensor> run(String name, String graph, Map<String, Golden.Tensor> inputs) {
        OnnxModel model = graphs.models().get(graph);
        if (model == null) {
            throw new IllegalStateException("no graph " + graph);
        }
        try (GraphRunner runner = new GraphRunner(engine, graph, model)) {
            Map<String, Golden.Tensor> alone = runner.run(inputs, 1);
            Map<String, Golden.Tensor> together = runner.run(repeated(inputs, graph), BATCH);
            alone.forEach((output, tensor) -> compare(graph, output, repeat(tensor), find(together, output)));
            runs.put(Bundle.GOLDEN + name + ".json", new Golden(graph, tolerance, inputs, alone));
            return alone;
        }
    }

    private void compare(String graph, String output, Golden.Tensor expected, Golden.Tensor found) {
        if (expected.type().equals("int64")) {
            require(
                    Arrays.equals(expected.longs(), found.longs()),
                    "%s: %s differs between a picture alone and in a batch. The bundle is not written.",
                    graph,
                    output);
            return;
        }
        float[] wanted = expected.floats();
        float[] values = found.floats();
        for (int i = 0; i < wanted.length; i++) {
            require(
                    Math.abs(wanted[i] - values[i]) <= tolerance * (1 + Math.abs(wanted[i])),
                    "%s: %s[%d]: expected %s in a batch as alone, found %s. The bundle is not written.",
                    graph,
                    output,
                    i,
                    wanted[i],
                    values[i]);
        }
    }

    private static Map<String, Golden.Tensor> repeated(Map<String, Golden.Tensor> inputs, String graph) {
        Map<String, Golden.Tensor> result = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> result.put(name, name.equals("position") ? tensor : repeat(tensor)));
        if (graph.equals(Bundle.STEP)) {
            result.put("parent", Golden.Tensor.of(new long[] {2, 0, 1}, BATCH)); // equal rows: any order is the same
        }
        return result;
    }

    private static Golden.Tensor repeat(Golden.Tensor one) {
        byte[] data = new byte[BATCH * one.data().length];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(one.data(), 0, data, i * one.data().length, one.data().length);
        }
        Integer[] shape = one.shape().toArray(Integer[]::new);
        shape[0] *= BATCH;
        return new Golden.Tensor(one.type(), Arrays.asList(shape), data);
    }

    private Map<String, Golden.Tensor> pictureInputs() {
        int width = graphs.detector().pictureWidth();
        int height = graphs.detector().pictureHeight();
        return Map.of(
                "picture", Golden.Tensor.of(TestPicture.draw(width, height, 1), 1, height, width, 3),
                "size", Golden.Tensor.of(new float[] {width, height - 8f}, 1, 2));
    }

    private static Map<String, Golden.Tensor> regionInputs(Map<String, Golden.Tensor> regions) {
        Map<String, Golden.Tensor> inputs = new LinkedHashMap<>();
        for (String name : new String[] {"boxes", "scores", "features"}) {
            inputs.put(name, find(regions, name));
        }
        return inputs;
    }

    private int[] tags(Tokenizer tokenizer, Labels labels, Map<String, Golden.Tensor> regions) {
        int[] classes = Arrays.stream(find(regions, "classes").longs())
                .mapToInt(Math::toIntExact)
                .toArray();
        return new TagTable(tokenizer, labels.classes())
                .tokens(
                        classes,
                        find(regions, "scores").floats(),
                        graphs.layout().tags());
    }

    private Map<String, Golden.Tensor> emptyCaches() {
        int layers = graphs.fusion().layers();
        int heads = graphs.fusion().heads();
        int length = graphs.layout().caption();
        int width = graphs.fusion().headWidth();
        Golden.Tensor zeros =
                Golden.Tensor.of(new float[layers * heads * length * width], 1, layers, heads, length, width);
        return Map.of("keys", zeros, "values", zeros);
    }

    private static Map<String, Golden.Tensor> stepInputs(
            Map<String, Golden.Tensor> context,
            Map<String, Golden.Tensor> caches,
            int token,
            Tokenizer tokenizer,
            int position) {
        Map<String, Golden.Tensor> inputs = new LinkedHashMap<>(context);
        inputs.putAll(caches);
        inputs.put("tokens", Golden.Tensor.of(new long[] {token, tokenizer.mask()}, 1, 2));
        inputs.put("position", Golden.Tensor.of(new long[] {position}, 1));
        inputs.put("parent", Golden.Tensor.of(new long[] {0}, 1));
        return inputs;
    }

    private static Golden.Tensor ids(int[] tokens) {
        return Golden.Tensor.of(Arrays.stream(tokens).asLongStream().toArray(), 1, tokens.length);
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static Golden.Tensor find(Map<String, Golden.Tensor> tensors, String name) {
        Golden.Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }
}
