package dev.glimpse.export;

import dev.glimpse.bundle.Certificate.Cost;
import dev.glimpse.bundle.Golden;
import dev.glimpse.engine.Engine;
import dev.glimpse.onnx.MultiplyAdds;
import dev.glimpse.onnx.OnnxModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Float graphs, their golden runs and the graphs of a bundle in; size, cost and distance of each graph out. */
final class Costs {
    private static final int RUNS = 41;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private Costs() {}

    /**
     * @param engine with one thread
     * @param floats the float graphs, by file name
     * @param golden runs of the float graphs
     * @param exported the graphs of the bundle
     * @param timed whether to measure milliseconds: the same graphs then give another certificate each time
     */
    static Map<String, Cost> of(
            Engine engine,
            Map<String, OnnxModel> floats,
            Map<String, Golden> golden,
            Map<String, OnnxModel> exported,
            boolean timed) {
        Map<String, Cost> costs = new TreeMap<>();
        exported.forEach((file, model) -> {
            OnnxModel reference = Objects.requireNonNull(floats.get(file));
            try (GraphRunner runner = new GraphRunner(engine, file, model);
                    GraphRunner original = new GraphRunner(engine, file, reference)) {
                List<Golden> runs = golden.values().stream()
                        .filter(run -> run.graph().equals(file))
                        .toList();
                Distance distance = distance(runner, runs);
                double[] times = timed ? milliseconds(runner, original, runs.get(runs.size() - 1)) : new double[2];
                costs.put(
                        file,
                        new Cost(
                                model.bytes().length,
                                reference.parameters(),
                                MultiplyAdds.of(reference),
                                times[0],
                                times[1],
                                distance.largest(),
                                distance.mean()));
            }
        });
        return costs;
    }

    private record Distance(double largest, double mean) {}

    private static Distance distance(GraphRunner runner, List<Golden> runs) {
        double largest = 0;
        double sum = 0;
        long count = 0;
        for (Golden run : runs) {
            for (Map.Entry<String, Golden.Tensor> output :
                    runner.run(run.inputs(), 1).entrySet()) {
                double[] expected = numbers(run.output(output.getKey()));
                double[] found = numbers(output.getValue());
                for (int i = 0; i < found.length; i++) {
                    double difference = Math.abs(found[i] - expected[i]) / (1 + Math.abs(expected[i]));
                    largest = Math.max(largest, difference);
                    sum += difference;
                }
                count += found.length;
            }
        }
        return new Distance(largest, sum / count);
    }

    private static double[] numbers(Golden.Tensor tensor) {
        if (tensor.type().equals("int64")) {
            return Arrays.stream(tensor.longs()).asDoubleStream().toArray();
        }
        float[] floats = tensor.floats();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    /** Medians of the processor time of the one and of the other, run in turns so that both meet the same machine. */
    private static double[] milliseconds(GraphRunner runner, GraphRunner original, Golden run) {
        List<Double> ones = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        runner.timed(
                run.inputs(),
                1,
                one -> original.timed(run.inputs(), 1, other -> {
                    for (int i = 0; i < RUNS; i++) {
                        ones.add(time(one));
                        others.add(time(other));
                    }
                }));
        return new double[] {median(ones), median(others)};
    }

    private static double time(Runnable run) {
        long start = THREAD.getCurrentThreadCpuTime();
        run.run();
        return (THREAD.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }
}
