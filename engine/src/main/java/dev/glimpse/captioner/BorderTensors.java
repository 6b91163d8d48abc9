package dev.glimpse.captioner;

import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors at the borders of a bundle's networks, each as large as the largest batch so far. They outlive a batch, so
 * that nothing is allocated for the next one of that size; {@link #release} before asking for those of another batch.
 */
final class BorderTensors implements AutoCloseable {
    private final Engine engine;
    private final Map<String, Tensor> whole = new HashMap<>();
    private final Map<String, Tensor> views = new HashMap<>();

    BorderTensors(Engine engine) {
        this.engine = engine;
    }

    /**
     * The first rows of a tensor; its values are whatever was left there.
     *
     * @param key what the tensor is called; asked for twice it is the same tensor
     * @param contract its type and shape; -1 stands for the rows
     */
    Tensor rows(String key, TensorContract contract, int rows) {
        return views.computeIfAbsent(key, k -> view(k, contract, rows));
    }

    private Tensor view(String key, TensorContract contract, int rows) {
        boolean batched = contract.shape().get(0) == -1;
        Tensor tensor = whole.get(key);
        if (tensor == null || (batched && tensor.shape()[0] < rows)) {
            if (tensor != null) {
                tensor.close();
            }
            tensor = engine.allocate(ElementType.of(contract.type()), shape(contract, rows));
            whole.put(key, tensor);
        }
        return tensor.first(batched ? rows : (int) tensor.shape()[0]);
    }

    private static long[] shape(TensorContract contract, int rows) {
        return contract.shape().stream().mapToLong(d -> d == -1 ? rows : d).toArray();
    }

    /** Closes what {@link #rows} handed out; the memory stays. */
    void release() {
        views.values().forEach(Tensor::close);
        views.clear();
    }

    @Override
    public void close() {
        release();
        List<Tensor> all = new ArrayList<>(whole.values());
        whole.clear();
        all.forEach(Tensor::close);
    }
}
