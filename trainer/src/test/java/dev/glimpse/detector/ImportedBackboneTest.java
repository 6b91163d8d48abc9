package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.cli.Cli;
import dev.glimpse.dataset.ImportCommand;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.seed.Seed;
import dev.glimpse.weight.GoldenWeights;
import dev.glimpse.weight.ImportedSizes;
import dev.glimpse.weight.StartingWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backbones with imported weights compute what the libraries compute that the weights are from. */
class ImportedBackboneTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void efficientNetComputesWhatItComputesInTimm() throws IOException {
        List<FloatTensor> maps = efficientNet("timm-efficientnet-b0");
        for (int i = 1; i < 4; i++) {
            close(maps.get(i), GoldenWeights.expected("timm-efficientnet-b0-expected.safetensors", "map" + i));
        }
    }

    @Test
    void efficientNetComputesWhatItComputesInTorchvision() throws IOException {
        close(
                efficientNet("torchvision-efficientnet-b0").get(3),
                GoldenWeights.expected("torchvision-efficientnet-b0-expected.safetensors", "map3"));
    }

    @Test
    void resNetComputesWhatItComputesInTorchvision() throws IOException {
        C4Size.ResNet resNet = new C4Size.ResNet(
                C4Size.Block.BOTTLENECK, C4Size.Norm.FROZEN, 64, List.of(256, 512, 1024, 2048), List.of(3, 4, 6, 3));
        C4Size size = new C4Size(96, 64, resNet, List.of(32.0), 8, 10, 5, 4, 3, .1, 3, 0, 2, 2);
        DetectorTensors tensors = DetectorTensors.of(size);
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, tensors.parameters(), new Seed(1));
                Buffers statistics = new Buffers(manager, tensors.statistics());
                NDManager step = manager.newSubManager()) {
            StartingWeights.load(imported("resnet", "resnet50.txt"), parameters, statistics);
            C4Network network = new C4Network(size, parameters.constant(step), statistics.views(step), false);
            ConvNorm ops = new ConvNorm(network.weights(), network.statistics(), false, 1e-5f);
            NDArray map = network.levels(picture(step)).get(0); // (1, 1024, 4, 6)
            NDArray some = map.get(":, ::8");
            close(tensor(some), GoldenWeights.expected("resnet50-expected.safetensors", "map"));
            NDArray feature = ResNetStages.crop(map.get(":, :, :4, :4"), resNet, ops);
            close(tensor(feature), GoldenWeights.expected("resnet50-expected.safetensors", "feature"));
        }
    }

    private List<FloatTensor> efficientNet(String format) throws IOException {
        DetectorTensors tensors = DetectorTensors.of(ImportedSizes.efficientNet());
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, tensors.parameters(), new Seed(1));
                Buffers statistics = new Buffers(manager, tensors.statistics());
                NDManager step = manager.newSubManager()) {
            StartingWeights.load(imported(format, format + ".txt"), parameters, statistics);
            ConvNorm ops = new ConvNorm(parameters.constant(step), statistics.views(step), false, 1e-3f);
            return EfficientNetB0.forward(picture(step), ops).stream()
                    .map(ImportedBackboneTest::tensor)
                    .toList();
        }
    }

    private static NDArray picture(NDManager step) {
        return step.create(GoldenWeights.uniform("picture", 3 * 64 * 96), new Shape(1, 3, 64, 96));
    }

    private static FloatTensor tensor(NDArray array) {
        return new FloatTensor(array.getShape().getShape(), array.toFloatArray());
    }

    private Path imported(String format, String names) throws IOException {
        Path theirs = GoldenWeights.write(folder, names);
        Path out = folder.resolve("imported.safetensors");
        assertThat(Cli.run(
                        new ImportCommand(),
                        "weights",
                        "--format",
                        format,
                        "--from",
                        theirs.toString(),
                        "--out",
                        out.toString()))
                .isZero();
        return out;
    }

    /** Within five thousandths of a percent of the largest value: some sixty layers of float32. */
    private static void close(FloatTensor found, FloatTensor expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        float most = 0;
        for (float value : expected.data()) {
            most = Math.max(most, Math.abs(value));
        }
        for (int i = 0; i < expected.data().length; i++) {
            assertThat(found.data()[i]).isCloseTo(expected.data()[i], within(5e-5f * most));
        }
    }
}
