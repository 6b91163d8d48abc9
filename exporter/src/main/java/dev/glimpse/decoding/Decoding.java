package dev.glimpse.decoding;

import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One way to decode captions for random tags and regions, greedily: each word is the one of the highest logit. */
abstract sealed class Decoding implements AutoCloseable permits CachedDecoding, WholeDecoding {
    static final int CLS = 2;
    static final int MASK = 4;

    final int rows;
    final int words;
    private final Engine engine;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final List<Network> networks = new ArrayList<>();

    Decoding(Engine engine, int rows, int words) {
        this.engine = engine;
        this.rows = rows;
        this.words = words;
    }

    /** Decodes: (rows, words), ids. */
    abstract int[][] decode();

    final Network open(String name, OnnxModel model) {
        Network network = engine.open(name, model.bytes(), model.contract());
        networks.add(network);
        return network;
    }

    /**
     * A run on this decoding's tensors.
     *
     * @param swapped inputs and outputs that use each other's tensor
     */
    final Network.Call prepare(Network network, OnnxModel model, Map<String, String> swapped) {
        return network.prepare(
                bind(model.contract().inputs(), swapped), bind(model.contract().outputs(), swapped));
    }

    private Map<String, Tensor> bind(List<TensorContract> contracts, Map<String, String> swapped) {
        Map<String, Tensor> bound = new HashMap<>();
        for (TensorContract contract : contracts) {
            String name = swapped.getOrDefault(contract.name(), contract.name());
            bound.put(
                    contract.name(),
                    tensors.computeIfAbsent(
                            name,
                            n -> engine.allocate(
                                    ElementType.of(contract.type()),
                                    contract.shape().stream()
                                            .mapToLong(dim -> dim < 0 ? rows : dim)
                                            .toArray())));
        }
        return bound;
    }

    final Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no graph has a tensor " + name);
        }
        return tensor;
    }

    /** Writes the same tags and regions into every decoding of these sizes. */
    final void fillScene(DecodingSize size) {
        Random random = new Random(1);
        tensor("tags")
                .write(
                        0,
                        random.longs(
                                        (long) rows * size.layout().tags(),
                                        MASK + 1,
                                        size.fusion().vocabulary())
                                .toArray());
        int regions = rows * size.layout().regions();
        tensor("boxes").write(0, floats(random, 4 * regions));
        tensor("scores").write(0, floats(random, regions));
        tensor("features").write(0, floats(random, regions * size.fusion().regionFeature()));
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** The id of the highest logit of each row. */
    final int[] best() {
        FloatBuffer logits = tensor("logits").floats();
        float[] row = new float[logits.remaining() / rows];
        int[] best = new int[rows];
        for (int r = 0; r < rows; r++) {
            logits.get(row);
            for (int id = 1; id < row.length; id++) {
                best[r] = row[id] > row[best[r]] ? id : best[r];
            }
        }
        return best;
    }

    @Override
    public final void close() {
        tensors.values().forEach(Tensor::close);
        networks.forEach(Network::close);
    }
}
