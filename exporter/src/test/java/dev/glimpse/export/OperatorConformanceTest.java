package dev.glimpse.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.emit.AnswerGraph;
import dev.glimpse.emit.DetectorGraph;
import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.RandomParameters;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.precision.HalfArithmetic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The ONNX project's own tests of the operators that our graphs use, through our engine. */
class OperatorConformanceTest {
    private static final Map<Integer, String> TYPES = Map.of(1, "float", 2, "uint8", 7, "int64");
    private static final double TOLERANCE = 1e-4;

    @Test
    void operatorsThatWeEmitDoWhatTheirTestsSay() throws IOException {
        String data = System.getProperty("glimpse.data", "");
        assumeTrue(!data.isEmpty(), "no reference data: set -Dglimpse.data=DIR");
        Set<String> emitted = emitted();
        Set<String> covered = new TreeSet<>();
        List<String> failed = new ArrayList<>();
        int ran = 0;
        try (ZipFile zip =
                        new ZipFile(Path.of(data).resolve("onnx/node-tests.zip").toFile());
                OrtEngine engine = new OrtEngine(1)) {
            List<String> tests = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith("/model.onnx"))
                    .map(name -> name.substring(0, name.indexOf('/')))
                    .sorted()
                    .toList();
            for (String test : tests) {
                ModelProto model = ModelProto.parseFrom(bytes(zip, test + "/model.onnx"));
                Set<String> operators = new TreeSet<>();
                model.getGraph().getNodeList().forEach(node -> operators.add(node.getOpType()));
                if (emitted.containsAll(operators) && hasOurBorder(model)) {
                    ran++;
                    covered.addAll(operators);
                    String difference = run(engine, zip, test, model);
                    if (!difference.isEmpty()) {
                        failed.add(test + ": " + difference);
                    }
                }
            }
            assertThat(tests).hasSize(650);
        }
        assertThat(failed).isEmpty();
        assertThat(ran).as("tests of %s of our %s", covered, emitted).isGreaterThanOrEqualTo(240);
    }

    private static Set<String> emitted() {
        RandomParameters parameters = new RandomParameters(1);
        Set<String> operators = new TreeSet<>(Set.of("QuantizeLinear", "DequantizeLinear"));
        Stream.of(
                        DetectorGraph.of(parameters, RandomRun.paperDetector()),
                        EncodeGraph.of(parameters, RandomRun.tinyFusion(), RandomRun.tinyLayout()),
                        StepGraph.of(parameters, RandomRun.tinyFusion(), RandomRun.tinyLayout()),
                        AnswerGraph.of(parameters, RandomRun.tinyFusion(), RandomRun.tinyLayout()))
                .flatMap(model -> Stream.of(model, HalfArithmetic.of(model)))
                .map(OnnxModel::proto)
                .forEach(proto -> proto.getGraph().getNodeList().stream()
                        .map(NodeProto::getOpType)
                        .forEach(operators::add));
        return operators;
    }

    /** Whether all inputs and outputs are tensors of one dimension or more and of types that cross the border of a network of ours. */
    private static boolean hasOurBorder(ModelProto model) {
        return Stream.concat(model.getGraph().getInputList().stream(), model.getGraph().getOutputList().stream())
                .allMatch(value ->
                        TYPES.containsKey(value.getType().getTensorType().getElemType())
                                && value.getType().getTensorType().getShape().getDimCount() > 0
                                && value.getType().getTensorType().getShape().getDimList().stream()
                                        .allMatch(dim -> dim.getDimValue() > 0));
    }

    /** What differs, or nothing. */
    private static String run(OrtEngine engine, ZipFile zip, String test, ModelProto model) throws IOException {
        List<ValueInfoProto> inputs = model.getGraph().getInputList();
        List<ValueInfoProto> outputs = model.getGraph().getOutputList();
        Manifest.Graph contract = new Manifest.Graph(contracts(inputs), contracts(outputs));
        Map<String, Tensor> in = new LinkedHashMap<>();
        Map<String, Tensor> out = new LinkedHashMap<>();
        try (Network network = engine.open(test, model.toByteArray(), contract)) {
            for (int i = 0; i < inputs.size(); i++) {
                in.put(inputs.get(i).getName(), tensor(engine, golden(zip, test, "input_" + i)));
            }
            for (int i = 0; i < outputs.size(); i++) {
                Golden.Tensor expected = golden(zip, test, "output_" + i);
                out.put(outputs.get(i).getName(), engine.allocate(ElementType.of(expected.type()), shape(expected)));
            }
            network.prepare(in, out).run();
            for (int i = 0; i < outputs.size(); i++) {
                Tensor found = out.get(outputs.get(i).getName());
                if (found == null || !agrees(golden(zip, test, "output_" + i), found)) {
                    return outputs.get(i).getName();
                }
            }
            return "";
        } catch (RuntimeException e) {
            return e.toString();
        } finally {
            in.values().forEach(Tensor::close);
            out.values().forEach(Tensor::close);
        }
    }

    private static List<TensorContract> contracts(List<ValueInfoProto> values) {
        return values.stream()
                .map(value -> new TensorContract(
                        value.getName(),
                        TYPES.getOrDefault(value.getType().getTensorType().getElemType(), ""),
                        value.getType().getTensorType().getShape().getDimList().stream()
                                .map(TensorShapeProto.Dimension::getDimValue)
                                .map(Math::toIntExact)
                                .toList()))
                .toList();
    }

    private static Golden.Tensor golden(ZipFile zip, String test, String name) throws IOException {
        TensorProto tensor = TensorProto.parseFrom(bytes(zip, test + "/test_data_set_0/" + name + ".pb"));
        Integer[] shape = tensor.getDimsList().stream().map(Math::toIntExact).toArray(Integer[]::new);
        String type = TYPES.getOrDefault(tensor.getDataType(), "");
        if (!tensor.getRawData().isEmpty()) {
            return new Golden.Tensor(type, List.of(shape), tensor.getRawData().toByteArray());
        }
        return switch (type) {
            case "float" -> {
                float[] values = new float[tensor.getFloatDataCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = tensor.getFloatData(i);
                }
                yield Golden.Tensor.of(values, shape);
            }
            case "int64" ->
                Golden.Tensor.of(
                        tensor.getInt64DataList().stream()
                                .mapToLong(Long::longValue)
                                .toArray(),
                        shape);
            default -> {
                byte[] values = new byte[tensor.getInt32DataCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (byte) tensor.getInt32Data(i);
                }
                yield Golden.Tensor.of(values, shape);
            }
        };
    }

    private static Tensor tensor(OrtEngine engine, Golden.Tensor golden) {
        return switch (golden.type()) {
            case "float" -> engine.floats(golden.floats(), shape(golden));
            case "int64" -> engine.longs(golden.longs(), shape(golden));
            default -> engine.bytes(golden.data(), shape(golden));
        };
    }

    private static long[] shape(Golden.Tensor golden) {
        return golden.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    private static boolean agrees(Golden.Tensor expected, Tensor found) {
        if (expected.type().equals("int64")) {
            return found.longs().equals(LongBuffer.wrap(expected.longs()));
        }
        if (expected.type().equals("uint8")) {
            return found.bytes().equals(java.nio.ByteBuffer.wrap(expected.data()));
        }
        FloatBuffer values = found.floats();
        float[] wanted = expected.floats();
        for (int i = 0; i < wanted.length; i++) {
            if (Float.compare(wanted[i], values.get(i)) != 0
                    && !(Math.abs(wanted[i] - values.get(i)) <= TOLERANCE * (1 + Math.abs(wanted[i])))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
