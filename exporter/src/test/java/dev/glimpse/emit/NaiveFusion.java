package dev.glimpse.emit;

import dev.glimpse.size.FusionSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fusion transformer as docs/networks.md describes it, over one whole sequence, without any cache. */
record NaiveFusion(ParameterSource p, FusionSize size) {
    /**
     * @param states hidden state of each token after the last layer
     * @param attention of the last layer, mean over heads: row looks at column
     */
    record Result(List<double[]> states, List<double[]> attention) {}

    double[] word(int token, int position, int segment) {
        int width = size.width();
        float[] words = p.get("embeddings.word.weight", size.vocabulary(), width);
        float[] positions = p.get("embeddings.position.weight", size.positions(), width);
        float[] segments = p.get("embeddings.segment.weight", 2, width);
        double[] sum = new double[width];
        for (int i = 0; i < width; i++) {
            sum[i] = words[token * width + i] + positions[position * width + i] + segments[segment * width + i];
        }
        return Naive.layerNorm(sum, p, "embeddings.norm", 1e-12);
    }

    double[] region(float[] box, float[] feature) {
        double[] input = new double[feature.length + 6];
        for (int i = 0; i < feature.length; i++) {
            input[i] = feature[i];
        }
        for (int i = 0; i < 4; i++) {
            input[feature.length + i] = box[i];
        }
        input[feature.length + 4] = box[2] - box[0];
        input[feature.length + 5] = box[3] - box[1];
        return Naive.layerNorm(Naive.linear(input, p, "region.projection", size.width()), p, "region.norm", 1e-5);
    }

    /** All layers; {@code sees[row][column]} says what may be looked at. */
    Result run(List<double[]> tokens, boolean[][] sees) {
        Result result = new Result(tokens, List.of());
        for (int i = 0; i < size.layers(); i++) {
            result = layer(result.states, sees, "layer" + i);
        }
        return result;
    }

    Result layer(List<double[]> x, boolean[][] sees, String name) {
        int width = size.width();
        List<double[]> queries = each(x, name + ".attention.query", width);
        List<double[]> keys = each(x, name + ".attention.key", width);
        List<double[]> values = each(x, name + ".attention.value", width);
        List<double[]> states = new ArrayList<>();
        List<double[]> attention = new ArrayList<>();
        for (int row = 0; row < x.size(); row++) {
            double[] context = new double[width];
            double[] mean = new double[x.size()];
            for (int head = 0; head < size.heads(); head++) {
                double[] looked = head(queries.get(row), keys, sees[row], head);
                for (int column = 0; column < x.size(); column++) {
                    mean[column] += looked[column] / size.heads();
                    for (int i = head * size.headWidth(); i < (head + 1) * size.headWidth(); i++) {
                        context[i] += looked[column] * values.get(column)[i];
                    }
                }
            }
            attention.add(mean);
            states.add(feedForward(x.get(row), context, name));
        }
        return new Result(states, attention);
    }

    private double[] head(double[] query, List<double[]> keys, boolean[] sees, int head) {
        double[] scores = new double[keys.size()];
        for (int column = 0; column < scores.length; column++) {
            for (int i = head * size.headWidth(); i < (head + 1) * size.headWidth(); i++) {
                scores[column] += query[i] * keys.get(column)[i];
            }
            scores[column] = scores[column] / Math.sqrt(size.headWidth()) - (sees[column] ? 0 : 10000);
        }
        return Naive.softmax(scores);
    }

    private double[] feedForward(double[] x, double[] context, String name) {
        double[] attended = Naive.linear(context, p, name + ".attention.output", size.width());
        double[] h = Naive.layerNorm(Naive.add(x, attended), p, name + ".attention.norm", 1e-12);
        double[] inner = Naive.gelu(Naive.linear(h, p, name + ".ffn.in", size.feedForward()));
        double[] out = Naive.linear(inner, p, name + ".ffn.out", size.width());
        return Naive.layerNorm(Naive.add(h, out), p, name + ".ffn.norm", 1e-12);
    }

    private List<double[]> each(List<double[]> x, String name, int out) {
        return x.stream().map(row -> Naive.linear(row, p, name, out)).toList();
    }

    /** Logits (V) of the word at a hidden state. */
    double[] wordLogits(double[] state) {
        double[] transformed = Naive.layerNorm(
                Naive.gelu(Naive.linear(state, p, "word.transform", size.width())), p, "word.norm", 1e-12);
        float[] words = p.get("embeddings.word.weight", size.vocabulary(), size.width());
        float[] bias = p.get("word.bias", size.vocabulary());
        double[] logits = new double[size.vocabulary()];
        for (int v = 0; v < logits.length; v++) {
            logits[v] = bias[v];
            for (int i = 0; i < size.width(); i++) {
                logits[v] += transformed[i] * words[v * size.width() + i];
            }
        }
        return logits;
    }

    /** Logits (A) of the answer at [CLS]. */
    double[] answerLogits(double[] state) {
        double[] pooled = Naive.linear(state, p, "pooler", size.width());
        double[] squashed = Arrays.stream(pooled).map(Math::tanh).toArray();
        return Naive.linear(squashed, p, "answer", size.answers());
    }
}
