package dev.glimpse.captioner;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest.Graph;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the recorded inputs of a bundle on an engine and compares what comes out with what the exporter saw. */
public final class GoldenCheck {
    private GoldenCheck() {}

    /**
     * One golden run that agreed.
     *
     * @param file name of the golden file in the bundle
     * @param graph which graph ran
     * @param difference largest difference of an element, relative to 1 + the expected absolute value
     */
    public record Result(String file, String graph, double difference) {}

    /**
     * Runs every golden file of the bundle, each graph loaded once at a time and closed again.
     *
     * @return one result per golden file, in the order of their names
     * @throws UserError when an output differs by more than the golden run's tolerance
     */
    public static List<Result> run(Bundle bundle, Engine engine) {
        List<Result> results = new ArrayList<>();
        for (String file : bundle.manifest().files().keySet()) {
            if (file.startsWith(Bundle.GOLDEN)) {
                Golden golden = bundle.golden(file);
                results.add(new Result(file, golden.graph(), difference(bundle, engine, file, golden)));
            }
        }
        return results;
    }

    private static double difference(Bundle bundle, Engine engine, String file, Golden golden) {
        Graph contract = bundle.manifest().graphs().get(golden.graph());
        if (contract == null) {
            throw new UserError(
                    "%s: is for the graph %s, which the bundle does not have".formatted(file, golden.graph()));
        }
        try (Network network =
                engine.open(bundle.path(golden.graph()).toString(), bundle.read(golden.graph()), contract)) {
            double tolerance = engine instanceof OrtEngine
                    ? golden.tolerance() // the exporter's own engine
                    : GoldenTrial.tolerance(golden, bundle.manifest().precision());
            return compare(network, engine, file, golden, tolerance);
        }
    }

    /**
     * Runs one golden file on an open network.
     *
     * @param file its name, for messages
     * @param tolerance largest difference allowed, relative to 1 + the expected absolute value
     * @return the largest difference
     * @throws UserError when an output differs by more
     */
    static double compare(Network network, Engine engine, String file, Golden golden, double tolerance) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        try {
            golden.inputs().forEach((name, tensor) -> inputs.put(name, filled(engine, tensor)));
            golden.outputs().forEach((name, tensor) -> outputs.put(name, empty(engine, tensor)));
            network.prepare(inputs, outputs).run();
            double largest = 0;
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                double difference = difference(output.getValue(), golden.output(output.getKey()));
                require(
                        difference <= tolerance, // refuses NaN, too
                        "%s: %s gives %s that differs from the exporter's by %.3g, allowed is %.3g on %s. Do not use this"
                                + " bundle on this machine",
                        file,
                        golden.graph(),
                        output.getKey(),
                        difference,
                        tolerance,
                        engine.name());
                largest = Math.max(largest, difference);
            }
            return largest;
        } finally {
            inputs.values().forEach(Tensor::close);
            outputs.values().forEach(Tensor::close);
        }
    }

    private static Tensor filled(Engine engine, Golden.Tensor golden) {
        return switch (ElementType.of(golden.type())) {
            case FLOAT -> engine.floats(golden.floats(), shape(golden));
            case INT64 -> engine.longs(golden.longs(), shape(golden));
            case UINT8 -> engine.bytes(golden.data(), shape(golden));
        };
    }

    private static Tensor empty(Engine engine, Golden.Tensor golden) {
        return engine.allocate(ElementType.of(golden.type()), shape(golden));
    }

    private static long[] shape(Golden.Tensor golden) {
        return golden.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    /** Largest relative difference; infinite for any difference of integers, NaN when a number is not finite. */
    private static double difference(Tensor found, Golden.Tensor expected) {
        return switch (found.type()) {
            case FLOAT -> difference(found.floats(), expected.floats());
            case INT64 -> found.longs().equals(LongBuffer.wrap(expected.longs())) ? 0 : Double.POSITIVE_INFINITY;
            case UINT8 -> found.bytes().equals(ByteBuffer.wrap(expected.data())) ? 0 : Double.POSITIVE_INFINITY;
        };
    }

    private static double difference(FloatBuffer found, float[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) found.get(i) - expected[i]) / (1 + Math.abs(expected[i]));
            largest = Math.max(largest, difference); // Math.max keeps NaN
        }
        return largest;
    }
}
