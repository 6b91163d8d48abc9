package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.detector.C4Size.Block;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.json.Json;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DetectorMultiplyAddsTest {
    private static final Path BUNDLE = Path.of("../bundles/default");

    /** Positions at strides 2 to 32 of 32 x 32 pixels: 256, 64, 16, 4, 1. */
    @Test
    void studentsAreThoseCountedByHand() {
        Backbone backbone = new Backbone(BackboneKind.PLAIN, 2, List.of(2, 3, 4, 5), List.of(1, 0, 0, 0));
        DetectorSize size = new DetectorSize(32, 32, backbone, 2, 1, 4, 10, 6, 32, 2, 3, 5, .05, 2, 4, 1, 3);
        long stem = 2 * 3 * 9 * 256;
        long stages = 3 * (2 * 2 * 9 * 64) + 3 * 2 * 9 * 16 + 4 * 3 * 9 * 4 + 5 * 4 * 9;
        long laterals = 2 * 2 * 64 + 2 * 3 * 16 + 2 * 4 * 4 + 2 * 5;
        long nodes = (2 * 9 + 2 * 2) * (64 + 2 * 16 + 2 * 4 + 1);
        assertThat(DetectorMultiplyAdds.of(size))
                .isEqualTo(new DetectorMultiplyAdds(
                        stem + stages + laterals + nodes,
                        2 * (3 + 12) * (64 + 16 + 4 + 1),
                        6 * (2 * 2 * (2 * 2) + 2 * 2 * (2 * 2)), // P x H x (W C), P x W x (P C)
                        6 * (8 * 3 + 3 * 3 + 3 * 3 + 3 * 4),
                        5 * ((1 + 3) * 3 + 3 * 4)));
        assertThat(DetectorMultiplyAdds.of(size).all()).isEqualTo(24_916 + 2_550 + 192 + 324 + 120);
    }

    /** Crops of 3 x 3, which stage 5 makes 2 x 2; 6 proposals and then 5 regions. */
    @Test
    void teachersAreThoseCountedByHand() {
        C4Size.ResNet backbone =
                new C4Size.ResNet(Block.BOTTLENECK, Norm.FROZEN, 4, List.of(4, 8, 8, 8), List.of(1, 1, 1, 1));
        C4Size size = new C4Size(32, 32, backbone, List.of(16d), 2, 10, 6, 3, 5, .05, 2, 4, 1, 3);
        long stem = 4 * 3 * 49 * 256;
        long stage2 = (4 + 9 + 4) * 64;
        long stage3 = 2 * 4 * 64 + (2 * 2 * 9 + 8 * 2 + 8 * 4) * 16;
        long stage4 = 2 * 8 * 16 + (2 * 2 * 9 + 8 * 2 + 8 * 8) * 4;
        long stage5 = 2 * 8 * 9 + (2 * 2 * 9 + 8 * 2 + 8 * 8) * 4;
        assertThat(DetectorMultiplyAdds.of(size))
                .isEqualTo(new DetectorMultiplyAdds(
                        stem + stage2 + stage3 + stage4,
                        (2 * 8 * 9 + 2 * 3 + 2 * 12) * 4,
                        11 * (3 * 2 * (2 * 8) + 3 * 2 * (3 * 8)),
                        11 * (stage5 + 8 * 3 + 8 * 4),
                        10 * ((1 + 8) * 3 + 3 * 4)));
    }

    /** An exported graph is counted node by node; its RoIAlign is one node and not counted. */
    @Test
    void studentsAreThoseOfTheExportedGraph() throws IOException {
        JsonNode manifest = Json.read(BUNDLE.resolve("manifest.json"), JsonNode.class);
        DetectorSize size = Json.mapper().treeToValue(manifest.get("detector"), DetectorSize.class);
        DetectorMultiplyAdds counted = DetectorMultiplyAdds.of(size);
        assertThat(counted.all() - counted.crops())
                .isEqualTo(Json.read(BUNDLE.resolve("certificate.json"), JsonNode.class)
                        .at("/graphs/detector.onnx/multiplyAdds")
                        .asLong());
    }

    /** Published of pictures of 224 x 224: 0.386 thousand million, of which the head that is not there has 0.021. */
    @Test
    void efficientNetsAreThosePublished() {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        DetectorSize size = new DetectorSize(224, 224, backbone, 1, 0, 4, 10, 6, 32, 2, 3, 5, .05, 2, 4, 1, 3);
        long laterals = 24 * 56 * 56 + 40 * 28 * 28 + 112 * 14 * 14 + 320 * 7 * 7;
        long head = 320L * 1280 * 49 + 1280 * 1000;
        assertThat(DetectorMultiplyAdds.of(size).levels() - laterals + head)
                .isCloseTo(386_000_000L, Percentage.withPercentage(1));
    }

    /** Published of pictures of 224 x 224; a crop of 14 x 14 is what stage 5 sees of such a picture. */
    @Test
    void resNetsAreThosePublished() {
        assertThat(resNet(Block.BASIC, List.of(64, 128, 256, 512), List.of(2, 2, 2, 2)))
                .isCloseTo(1_814_000_000L, Percentage.withPercentage(.1));
        assertThat(resNet(Block.BOTTLENECK, List.of(256, 512, 1024, 2048), List.of(3, 4, 23, 3)))
                .isCloseTo(7_801_000_000L, Percentage.withPercentage(.1));
    }

    /** With the layer of 1000 classes that is not there. */
    private static long resNet(Block block, List<Integer> widths, List<Integer> blocks) {
        C4Size.ResNet backbone = new C4Size.ResNet(block, Norm.FROZEN, 64, widths, blocks);
        C4Size size = new C4Size(224, 224, backbone, List.of(16d), 2, 10, 1, 14, 1, .05, 2, 0, 1, 3);
        DetectorMultiplyAdds counted = DetectorMultiplyAdds.of(size);
        long feature = size.feature();
        return counted.levels() + counted.regions() / 2 - feature * (3 + 4) + feature * 1000;
    }
}
