package dev.glimpse.decoding;

import dev.glimpse.emit.ParameterSource;
import dev.glimpse.emit.WholeGraph;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.onnx.OnnxModel;
import java.util.Map;

/** All caption positions, tags and regions through one graph, anew for each word. */
final class WholeDecoding extends Decoding {
    private final int caption;
    private final Network.Call whole;

    WholeDecoding(Engine engine, ParameterSource parameters, DecodingSize size, int rows, int words) {
        super(engine, rows, words);
        this.caption = size.layout().caption();
        OnnxModel model = WholeGraph.of(parameters, size.fusion(), size.layout());
        this.whole = prepare(open("whole", model), model, Map.of());
        fillScene(size);
    }

    @Override
    int[][] decode() {
        int[][] captions = new int[rows][words];
        long[] tokens = new long[rows * caption];
        for (int row = 0; row < rows; row++) {
            tokens[row * caption] = CLS;
        }
        for (int t = 0; t < words; t++) {
            for (int row = 0; row < rows; row++) {
                tokens[row * caption + t + 1] = MASK;
            }
            tensor("tokens").write(0, tokens);
            tensor("place").write(0, new long[] {t + 1});
            whole.run();
            int[] best = best();
            for (int row = 0; row < rows; row++) {
                captions[row][t] = best[row];
                tokens[row * caption + t + 1] = best[row];
            }
        }
        return captions;
    }
}
