package dev.glimpse.captioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that takes few rows at a time, as TensorRT does, and tries what it has compiled. */
class NarrowEngineTest {
    @TempDir
    private Path folder;

    /** ONNX Runtime that allows so many rows, and remembers how many it was asked for. */
    private record Narrow(OrtEngine ort, int maxRows, List<Long> asked) implements Engine {
        @Override
        public String name() {
            return "narrow";
        }

        @Override
        public Network open(String name, byte[] model, Manifest.Graph contract) {
            return ort.open(name, model, contract);
        }

        @Override
        public Tensor allocate(ElementType type, long... shape) {
            asked.add(shape[0]);
            return ort.allocate(type, shape);
        }

        @Override
        public int openTensors() {
            return ort.openTensors();
        }

        @Override
        public void close() {
            ort.close();
        }
    }

    private BundleCaptioner captioner(Engine engine, int beams) {
        return new BundleCaptioner(BundleReader.open(folder.resolve("rules")), engine, beams);
    }

    private static List<Picture> pictures(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] rgb = new byte[32 * 32 * 3];
                    for (int p = 0; p < rgb.length; p += 3) {
                        rgb[p] = (byte) (30 * i);
                        rgb[p + 1] = (byte) (200 - 25 * i);
                    }
                    return new Picture(32, 32, rgb);
                })
                .toList();
    }

    @Test
    void largerBatchesAreSplitAndComeBackInOrder() {
        RuleBundle.write(folder.resolve("rules"), RuleBundle.GRAPHS).close();
        for (int beams = 1; beams <= 2; beams++) {
            List<Long> asked = new ArrayList<>();
            try (BundleCaptioner wide = captioner(new OrtEngine(1), beams);
                    BundleCaptioner narrow = captioner(new Narrow(new OrtEngine(1), 4, asked), beams)) {
                List<Sight> expected = wide.look(pictures(7));
                List<Sight> found = narrow.look(pictures(7));
                assertThat(found)
                        .extracting(Sight::caption)
                        .isEqualTo(expected.stream().map(Sight::caption).toList());
                List<String> questions = List.of("what", "is", "it", "red", "green", "kite", "what is it");
                assertThat(narrow.answer(found.get(3), questions)).isEqualTo(wide.answer(expected.get(3), questions));
                assertThat(asked).allMatch(rows -> rows <= 4);
            }
        }
    }

    private static Golden golden(float firstLogit) {
        return new Golden(
                Bundle.ANSWER,
                1e-6,
                Map.of(
                        "question", Golden.Tensor.of(new long[] {2, 9, 3, 0, 0}, 1, 5),
                        "boxes", Golden.Tensor.of(new float[12], 1, 3, 4),
                        "scores", Golden.Tensor.of(new float[] {.75f, .5f, 0}, 1, 3),
                        "features", Golden.Tensor.of(new float[6], 1, 3, 2)),
                Map.of(
                        "logits", Golden.Tensor.of(new float[] {firstLogit, 2.5f, -100}, 1, 3),
                        "evidence", Golden.Tensor.of(new float[] {.75f, .5f, 0}, 1, 3)));
    }

    private void tryAnswer(Golden golden, String graph) {
        RuleBundle.write(folder.resolve("rules"), RuleBundle.GRAPHS, golden).close();
        try (Bundle bundle = BundleReader.open(folder.resolve("rules"));
                Engine engine = new OrtEngine(1);
                Network network = engine.open(
                        graph,
                        bundle.read(graph),
                        Objects.requireNonNull(bundle.manifest().graphs().get(graph)))) {
            new GoldenTrial(bundle).run(bundle.path(graph).toString(), network, engine);
            assertThat(engine.openTensors()).isZero();
        }
    }

    @Test
    void compiledNetworkMayRoundOtherwiseThanTheExportersEngine() {
        assertThatCode(() -> tryAnswer(golden(3.002f), Bundle.ANSWER)).doesNotThrowAnyException();
    }

    @Test
    void compiledNetworkThatComputesSomethingElseIsRefusedWithTheDifference() {
        assertThatThrownBy(() -> tryAnswer(golden(4), Bundle.ANSWER))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("answer.onnx gives logits")
                .hasMessageContaining("0.200");
    }

    @Test
    void goldenRunsOfOtherGraphsAreNotTried() {
        assertThatCode(() -> tryAnswer(golden(4), Bundle.ENCODE)).doesNotThrowAnyException();
    }
}
