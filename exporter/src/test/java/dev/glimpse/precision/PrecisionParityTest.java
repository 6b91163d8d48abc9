package dev.glimpse.precision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.emit.AnswerGraph;
import dev.glimpse.emit.DetectorGraph;
import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.Ort;
import dev.glimpse.emit.RandomParameters;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.HalfStorage;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.tensorrt.SignedActivations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every graph at every precision against itself in float, alone and in a batch of seven, padded and full. */
class PrecisionParityTest {
    private static final FusionSize FUSION = new FusionSize(3, 12, 3, 20, 30, 16, 7, 5);
    private static final TokenLayout LAYOUT = new TokenLayout(6, 5, 4, 7);
    private static final DetectorSize DETECTOR = new DetectorSize(
            96,
            64,
            new Backbone(BackboneKind.PLAIN, 4, List.of(5, 6, 7, 8), List.of(1, 0, 1, 1)),
            6,
            1,
            4,
            60,
            20,
            24,
            3,
            10,
            8,
            .1,
            4,
            3,
            4,
            6);
    private static final double HALF = 2e-2;
    private static final double INTEGER = 1.5e-1;

    private final RandomParameters parameters = new RandomParameters(11);

    @Test
    void encodeAgreesWithItselfInFloat() throws OrtException {
        agrees(EncodeGraph.of(parameters, FUSION, LAYOUT));
    }

    @Test
    void stepAgreesWithItselfInFloat() throws OrtException {
        agrees(StepGraph.of(parameters, FUSION, LAYOUT));
    }

    @Test
    void answerAgreesWithItselfInFloat() throws OrtException {
        agrees(AnswerGraph.of(parameters, FUSION, LAYOUT));
    }

    @Test
    void detectorFindsTheScoresItFindsInFloat() throws OrtException {
        OnnxModel model = DetectorGraph.of(new RandomParameters(2), DETECTOR);
        Map<String, Object> inputs = inputs(model, 7, true);
        double[] expected = run(model, inputs, 7).get("scores");
        assertThat(mean(expected, run(HalfArithmetic.of(model), inputs, 7).get("scores")))
                .isLessThan(HALF);
        assertThat(mean(expected, run(rounded(model), inputs, 7).get("scores"))).isLessThan(INTEGER);
    }

    @Test
    void aLayerThatIsLeftOutStaysAsItWas() {
        OnnxModel model = AnswerGraph.of(parameters, FUSION, LAYOUT);
        assertThat(IntegerArithmetic.of(model, Map.of(), Set.of())
                        .proto()
                        .getGraph()
                        .getNodeList())
                .isEqualTo(model.proto().getGraph().getNodeList());
    }

    @Test
    void activationsInInt8GiveNearlyTheSame() throws OrtException {
        OnnxModel model = rounded(AnswerGraph.of(parameters, FUSION, LAYOUT));
        byte[] signed = SignedActivations.of(model.bytes());
        assertThat(signed).hasSameSizeAs(model.bytes()).isNotEqualTo(model.bytes());
        Map<String, Object> inputs = inputs(model, 7, false);
        assertThat(mean(
                        run(model, inputs, 7).get("logits"),
                        bind(new Ort(), model, inputs, 7).run(signed).get("logits")))
                .isLessThan(INTEGER);
    }

    @Test
    void aGraphWithoutRoundedActivationsIsLeftAlone() {
        byte[] model = AnswerGraph.of(parameters, FUSION, LAYOUT).bytes();
        assertThat(SignedActivations.of(model)).isEqualTo(model);
    }

    private static void agrees(OnnxModel model) throws OrtException {
        OnnxModel half = HalfArithmetic.of(model);
        OnnxModel rounded = rounded(model);
        for (int batch : new int[] {1, 7}) {
            for (boolean full : new boolean[] {true, false}) {
                Map<String, Object> inputs = inputs(model, batch, full);
                Ort.Outputs expected = run(model, inputs, batch);
                Ort.Outputs stored = run(HalfStorage.of(model), inputs, batch);
                Ort.Outputs inHalf = run(half, inputs, batch);
                Ort.Outputs inIntegers = run(rounded, inputs, batch);
                for (TensorContract output : model.contract().outputs()) {
                    String what = "%s, batch %d, full %s".formatted(output.name(), batch, full);
                    double[] wanted = expected.get(output.name());
                    assertThat(largest(wanted, stored.get(output.name())))
                            .as(what)
                            .isLessThan(HALF);
                    assertThat(largest(wanted, inHalf.get(output.name())))
                            .as(what)
                            .isLessThan(HALF);
                    assertThat(mean(wanted, inIntegers.get(output.name())))
                            .as(what)
                            .isLessThan(INTEGER);
                }
            }
        }
    }

    /** All layers in 8 bits, ranges from runs alone and together, padded and full. */
    private static OnnxModel rounded(OnnxModel model) {
        try (ProbingEngine probes = new ProbingEngine(new OrtEngine(1), Map.of("graph.onnx", model));
                Network network = probes.open("graph.onnx", model.bytes(), model.contract())) {
            for (int batch : new int[] {1, 7}) {
                run(probes, network, model, batch, true);
                run(probes, network, model, batch, false);
            }
            assertThat(probes.openTensors()).isZero();
            Map<String, Range> ranges = probes.ranges("graph.onnx", ProbingEngine.Method.PERCENTILE);
            return IntegerArithmetic.of(model, ranges, IntegerArithmetic.layers(model));
        }
    }

    private static void run(ProbingEngine engine, Network network, OnnxModel model, int batch, boolean full) {
        Map<String, Tensor> in = new LinkedHashMap<>();
        Map<String, Tensor> out = new LinkedHashMap<>();
        inputs(model, batch, full).forEach((name, values) -> {
            long[] shape = shape(contract(model, name), batch);
            in.put(
                    name,
                    values instanceof float[] floats
                            ? engine.floats(floats, shape)
                            : values instanceof long[] longs
                                    ? engine.longs(longs, shape)
                                    : engine.bytes((byte[]) values, shape));
        });
        for (TensorContract output : model.contract().outputs()) {
            out.put(output.name(), engine.allocate(ElementType.of(output.type()), shape(output, batch)));
        }
        network.prepare(in, out).run();
        in.values().forEach(Tensor::close);
        out.values().forEach(Tensor::close);
    }

    private static Ort.Outputs run(OnnxModel model, Map<String, Object> inputs, int batch) throws OrtException {
        return bind(new Ort(), model, inputs, batch).run(model);
    }

    private static Ort bind(Ort ort, OnnxModel model, Map<String, Object> inputs, int batch) throws OrtException {
        for (Map.Entry<String, Object> input : inputs.entrySet()) {
            long[] shape = shape(contract(model, input.getKey()), batch);
            if (input.getValue() instanceof float[] floats) {
                ort.with(input.getKey(), floats, shape);
            } else if (input.getValue() instanceof long[] longs) {
                ort.with(input.getKey(), longs, shape);
            } else {
                ort.with(input.getKey(), (byte[]) input.getValue(), shape);
            }
        }
        return ort;
    }

    private static TensorContract contract(OnnxModel model, String name) {
        return model.contract().inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long[] shape(TensorContract tensor, int batch) {
        return tensor.shape().stream().mapToLong(dim -> dim < 0 ? batch : dim).toArray();
    }

    /** Random inputs; when not full, the last half of each list is padding. */
    private static Map<String, Object> inputs(OnnxModel model, int batch, boolean full) {
        Random random = new Random(batch);
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (TensorContract input : model.contract().inputs()) {
            int count = (int) Arrays.stream(shape(input, batch)).reduce(1, (a, b) -> a * b);
            int width = input.shape().get(input.shape().size() - 1);
            switch (input.type()) {
                case "float" -> inputs.put(input.name(), floats(input.name(), count, width, full, random));
                case "int64" -> inputs.put(input.name(), longs(input.name(), count, width, full, random));
                default -> {
                    byte[] bytes = new byte[count];
                    random.nextBytes(bytes);
                    inputs.put(input.name(), bytes);
                }
            }
        }
        return inputs;
    }

    private static float[] floats(String name, int count, int width, boolean full, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            boolean padded = !full && i % width >= width / 2;
            values[i] = switch (name) {
                case "scores" -> padded ? 0 : .1f + random.nextFloat();
                case "context_mask" -> padded ? -10000 : 0;
                case "boxes" -> random.nextFloat();
                case "size" -> i % 2 == 0 ? 90 : 50;
                default -> (float) random.nextGaussian();
            };
        }
        return values;
    }

    private static long[] longs(String name, int count, int width, boolean full, Random random) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            boolean padded = !full && i % width >= width / 2;
            values[i] = switch (name) {
                case "parent" -> i;
                case "position" -> 2;
                case "tags", "question" -> padded ? 0 : 5 + random.nextInt(25);
                default -> 5 + random.nextInt(25);
            };
        }
        return values;
    }

    private static double largest(double[] expected, double[] found) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected[i]) / (1 + Math.abs(expected[i])));
        }
        return largest;
    }

    private static double mean(double[] expected, double[] found) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.abs(found[i] - expected[i]) / (1 + Math.abs(expected[i]));
        }
        return sum / expected.length;
    }
}
