package dev.glimpse.bench;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.GoldenCheck;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.picture.Picture;
import dev.glimpse.tensorrt.TensorRtEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures one bundle on one engine.
 *
 * @param batches batch sizes, rising
 * @param seconds of measuring for each figure, after a fifth of that as warm-up
 */
record EngineBench(List<Integer> batches, double seconds) {
    private static final int LEAST_RUNS = 5;

    EngineBench {
        batches = List.copyOf(batches);
    }

    /**
     * Opens the bundle and the engine, measures, and closes both.
     *
     * @param open opens an engine that has not seen the bundle yet
     */
    EngineReport run(Path path, Function<Bundle, Engine> open) {
        Bundle bundle = BundleReader.open(path);
        Machine machine = Machine.read();
        Engine engine;
        try {
            engine = open.apply(bundle);
        } catch (RuntimeException e) {
            bundle.close();
            throw e;
        }
        try (BundleCaptioner captioner = new BundleCaptioner(bundle, engine, 1)) {
            Map<String, EngineReport.Graph> graphs = graphs(bundle, engine);
            List<EngineReport.Pictures> pictures = pictures(captioner);
            Optional<TensorRtEngine> gpu =
                    engine instanceof TensorRtEngine tensorRt ? Optional.of(tensorRt) : Optional.empty();
            return new EngineReport(
                    engine.name(),
                    gpu.map(TensorRtEngine::device).orElse(machine.processor()),
                    bundle.manifest().name(),
                    bundle.manifest().precision(),
                    bundle.digest(),
                    graphs,
                    pictures,
                    Machine.mostMegabytes(),
                    gpu.map(tensorRt -> tensorRt.takenBytes() >> 20).orElse(0L));
        }
    }

    private Map<String, EngineReport.Graph> graphs(Bundle bundle, Engine engine) {
        Map<String, EngineReport.Graph> graphs = new LinkedHashMap<>();
        Map<String, Double> firstOpenings = new HashMap<>();
        bundle.manifest().graphs().forEach((name, contract) -> {
            long started = System.nanoTime();
            engine.open(bundle.path(name).toString(), bundle.read(name), contract)
                    .close();
            firstOpenings.put(name, (System.nanoTime() - started) / 1e6);
        });
        Map<String, Double> differences = new HashMap<>();
        GoldenCheck.run(bundle, engine).forEach(r -> differences.merge(r.graph(), r.difference(), Math::max));
        bundle.manifest().graphs().forEach((name, contract) -> {
            byte[] model = bundle.read(name);
            long started = System.nanoTime();
            try (Network network = engine.open(bundle.path(name).toString(), model, contract)) {
                double millis = (System.nanoTime() - started) / 1e6;
                graphs.put(
                        name,
                        new EngineReport.Graph(
                                model.length,
                                firstOpenings.getOrDefault(name, millis),
                                millis,
                                differences.getOrDefault(name, -1.),
                                latencies(engine, network, contract, golden(bundle, name))));
            }
        });
        return graphs;
    }

    private static Optional<Golden> golden(Bundle bundle, String graph) {
        return bundle.manifest().files().keySet().stream()
                .filter(file -> file.startsWith(Bundle.GOLDEN))
                .map(bundle::golden)
                .filter(golden -> golden.graph().equals(graph))
                .findFirst();
    }

    private Map<Integer, Latency> latencies(
            Engine engine, Network network, Manifest.Graph contract, Optional<Golden> golden) {
        Map<Integer, Latency> latencies = new TreeMap<>();
        for (int batch : batches) {
            if (batch <= engine.maxRows()) {
                latencies.put(batch, latency(engine, network, contract, golden, batch));
            }
        }
        return latencies;
    }

    private Latency latency(
            Engine engine, Network network, Manifest.Graph contract, Optional<Golden> golden, int batch) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        try {
            contract.inputs()
                    .forEach(c -> inputs.put(c.name(), filled(engine, c, golden.map(g -> g.input(c.name())), batch)));
            contract.outputs().forEach(c -> outputs.put(c.name(), empty(engine, c, batch)));
            return measure(network.prepare(inputs, outputs)::run);
        } finally {
            inputs.values().forEach(Tensor::close);
            outputs.values().forEach(Tensor::close);
        }
    }

    private static Tensor empty(Engine engine, TensorContract contract, int batch) {
        return engine.allocate(
                ElementType.of(contract.type()),
                contract.shape().stream().mapToLong(d -> d == -1 ? batch : d).toArray());
    }

    /** Rows of the golden input, over and over; zeros where there is none. */
    private static Tensor filled(Engine engine, TensorContract contract, Optional<Golden.Tensor> golden, int batch) {
        Tensor tensor = empty(engine, contract, batch);
        golden.ifPresent(values -> {
            try (Tensor source =
                    switch (tensor.type()) {
                        case FLOAT -> engine.floats(values.floats(), shape(values));
                        case INT64 -> engine.longs(values.longs(), shape(values));
                        case UINT8 -> engine.bytes(values.data(), shape(values));
                    }) {
                for (int row = 0; row < tensor.shape()[0]; row++) {
                    tensor.copyRow(row, source, (int) (row % source.shape()[0]));
                }
            }
        });
        return tensor;
    }

    private static long[] shape(Golden.Tensor golden) {
        return golden.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    private List<EngineReport.Pictures> pictures(BundleCaptioner captioner) {
        List<Picture> drawn = DrawnPictures.shapes();
        List<EngineReport.Pictures> measured = new ArrayList<>();
        for (int batch : batches) {
            int[] next = {0};
            Latency latency = measure(() -> {
                List<Picture> some = new ArrayList<>(batch);
                for (int i = 0; i < batch; i++) {
                    some.add(drawn.get(next[0]++ % drawn.size()));
                }
                captioner.look(some);
            });
            measured.add(new EngineReport.Pictures(batch, latency, 1000 * batch / latency.p50()));
        }
        return measured;
    }

    private Latency measure(Runnable work) {
        repeat(work, seconds / 5);
        return Latency.of(repeat(work, seconds));
    }

    private static long[] repeat(Runnable work, double seconds) {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (nanos.size() < LEAST_RUNS || System.nanoTime() < end) {
            long started = System.nanoTime();
            work.run();
            nanos.add(System.nanoTime() - started);
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }
}
