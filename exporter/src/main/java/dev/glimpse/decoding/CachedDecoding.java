package dev.glimpse.decoding;

import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.ParameterSource;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Tags and regions once through {@code encode.onnx}, then two tokens for each word through {@code step.onnx}. */
final class CachedDecoding extends Decoding {
    private static final Map<String, String> SWAPPED =
            Map.of("keys", "keys_out", "keys_out", "keys", "values", "values_out", "values_out", "values");

    private final Network.Call encode;
    private final List<Network.Call> steps;

    CachedDecoding(Engine engine, ParameterSource parameters, DecodingSize size, int rows, int words) {
        super(engine, rows, words);
        OnnxModel encoder = EncodeGraph.of(parameters, size.fusion(), size.layout());
        this.encode = prepare(open("encode", encoder), encoder, Map.of());
        OnnxModel step = StepGraph.of(parameters, size.fusion(), size.layout());
        Network network = open("step", step);
        this.steps = List.of(prepare(network, step, Map.of()), prepare(network, step, SWAPPED));
        fillScene(size);
        tensor("parent").write(0, LongStream.range(0, rows).toArray());
    }

    @Override
    int[][] decode() {
        int[][] captions = new int[rows][words];
        tensor("keys").clear();
        tensor("values").clear();
        encode.run();
        long[] pairs = new long[2 * rows];
        Arrays.fill(pairs, MASK);
        int[] last = new int[rows];
        Arrays.fill(last, CLS);
        for (int t = 0; t < words; t++) {
            for (int row = 0; row < rows; row++) {
                pairs[2 * row] = last[row];
            }
            tensor("tokens").write(0, pairs);
            tensor("position").write(0, new long[] {t});
            steps.get(t % 2).run();
            last = best();
            for (int row = 0; row < rows; row++) {
                captions[row][t] = last[row];
            }
        }
        return captions;
    }
}
