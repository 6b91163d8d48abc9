package dev.glimpse.precision;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Map;

/** An engine that opens other graphs than those it is asked for: a whole bundle can be tried without being written. */
public final class SubstitutingEngine implements Engine {
    private final Engine engine;
    private final Map<String, OnnxModel> instead;

    /**
     * @param engine runs the networks; closed with this
     * @param instead graphs that take the place of the bundle's, by file name
     */
    public SubstitutingEngine(Engine engine, Map<String, OnnxModel> instead) {
        this.engine = engine;
        this.instead = instead;
    }

    @Override
    public Network open(String name, byte[] model, Manifest.Graph contract) {
        OnnxModel other = instead.get(String.valueOf(Path.of(name).getFileName()));
        return engine.open(name, other == null ? model : other.bytes(), contract);
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Tensor allocate(ElementType type, long... shape) {
        return engine.allocate(type, shape);
    }

    @Override
    public int openTensors() {
        return engine.openTensors();
    }

    @Override
    public void close() {
        engine.close();
    }
}
