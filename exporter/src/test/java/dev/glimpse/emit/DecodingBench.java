package dev.glimpse.emit;

import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.export.RandomParameters;
import dev.glimpse.export.RandomRun;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Twenty words by cached steps and by computing everything anew for each word, in turns on one thread, with random weights
 * of the tiny size: prints medians of processor time. Run its main method.
 */
public final class DecodingBench {
    private static final FusionSize SIZE = RandomRun.tinyFusion();
    private static final TokenLayout LAYOUT = new TokenLayout(22, 16, 16, 16);
    private static final int WORDS = 20;
    private static final int MASK = 4;
    private static final int RUNS = 21;
    private static final RandomParameters PARAMETERS = new RandomParameters(1);

    private final OrtEngine engine = new OrtEngine(1);
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final int batch;

    private DecodingBench(int batch) {
        this.batch = batch;
    }

    public static void main(String[] arguments) {
        for (int batch : new int[] {1, 4, 16}) {
            new DecodingBench(batch).run();
        }
    }

    private void run() {
        Network.Call encode = prepare("encode", EncodeGraph.of(PARAMETERS, SIZE, LAYOUT), Map.of());
        OnnxModel step = StepGraph.of(PARAMETERS, SIZE, LAYOUT);
        Network.Call even = prepare("step", step, Map.of());
        Network.Call odd = prepare(
                "step",
                step,
                Map.of("keys", "keys_out", "keys_out", "keys", "values", "values_out", "values_out", "values"));
        Network.Call whole = prepare("whole", WholeGraph.of(PARAMETERS, SIZE, LAYOUT), Map.of());
        List<Double> cached = new ArrayList<>();
        List<Double> anew = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            cached.add(time(() -> {
                encode.run();
                for (int t = 0; t < WORDS; t++) {
                    tensor("position").write(0, new long[] {t});
                    (t % 2 == 0 ? even : odd).run();
                }
            }));
            anew.add(time(() -> {
                for (int t = 0; t < WORDS; t++) {
                    tensor("place").write(0, new long[] {t + 1});
                    whole.run();
                }
            }));
        }
        System.out.printf(
                "batch %d, %d words: cached %.2f ms, anew %.2f ms, %.1f times%n",
                batch, WORDS, median(cached), median(anew), median(anew) / median(cached));
    }

    private static double time(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor;
    }

    private Network.Call prepare(String name, OnnxModel model, Map<String, String> swapped) {
        Map<String, Tensor> in = new HashMap<>();
        Map<String, Tensor> out = new HashMap<>();
        model.contract()
                .inputs()
                .forEach(input -> in.put(
                        input.name(),
                        shared(name, swapped.getOrDefault(input.name(), input.name()), input.type(), input.shape())));
        model.contract()
                .outputs()
                .forEach(output -> out.put(
                        output.name(),
                        shared(
                                name,
                                swapped.getOrDefault(output.name(), output.name()),
                                output.type(),
                                output.shape())));
        return engine.open(name, model.bytes(), model.contract()).prepare(in, out);
    }

    private Tensor shared(String graph, String name, String type, List<Integer> dims) {
        String key = name.equals("tokens") || name.equals("logits") ? graph + name : name;
        return tensors.computeIfAbsent(key, k -> {
            long[] shape = dims.stream().mapToLong(dim -> dim < 0 ? batch : dim).toArray();
            Tensor tensor = engine.allocate(ElementType.of(type), shape);
            fill(name, tensor, (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b));
            return tensor;
        });
    }

    private static void fill(String name, Tensor tensor, int count) {
        Random random = new Random(name.hashCode());
        if (tensor.type() == ElementType.FLOAT) {
            float[] values = new float[count];
            for (int i = 0; i < count && !name.endsWith("mask"); i++) {
                values[i] = random.nextFloat();
            }
            tensor.write(0, values);
        } else {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = name.equals("parent") ? i : name.equals("position") ? 0 : MASK + 1 + random.nextInt(700);
            }
            tensor.write(0, values);
        }
    }
}
