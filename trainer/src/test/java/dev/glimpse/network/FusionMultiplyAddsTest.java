package dev.glimpse.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FusionMultiplyAddsTest {
    private static final Path BUNDLE = Path.of("../bundles/default");

    /** 2 layers of width 4 over 2 tags and 3 regions of 3 + 6 numbers; feed-forward 8, 10 words. */
    @Test
    void captionsAreCountedAsByHand() {
        FusionMultiplyAdds counted =
                new FusionMultiplyAdds(new FusionSize(2, 4, 2, 8, 10, 20, 3, 2), new TokenLayout(7, 2, 3, 3));
        int token = 4 * (4 * 4) + 4 * 8 + 8 * 4;
        assertThat(counted.encode()).isEqualTo(3 * 9 * 4 + 2 * (5 * token + 5 * 5 * 4 + 5 * 5 * 4));
        assertThat(counted.step(0)).isEqualTo(2 * (2 * token + 2 * 7 * 4 + 2 * 7 * 4) + 4 * 4 + 4 * 10);
        assertThat(counted.step(1)).isEqualTo(2 * (2 * token + 2 * 8 * 4 + 2 * 8 * 4) + 4 * 4 + 4 * 10);
        assertThat(counted.caption(1)).isEqualTo(1_788 + 792 + 824);
    }

    /**
     * The graphs are counted node by node. In the last layer that of encoding stops at queries, keys and values, and that of a
     * step goes on with [MASK] alone.
     */
    @Test
    void captionsAreThoseOfTheExportedGraphs() throws IOException {
        JsonNode manifest = Json.read(BUNDLE.resolve("manifest.json"), JsonNode.class);
        JsonNode graphs =
                Json.read(BUNDLE.resolve("certificate.json"), JsonNode.class).get("graphs");
        FusionSize size = Json.mapper().treeToValue(manifest.get("fusion"), FusionSize.class);
        TokenLayout layout = Json.mapper().treeToValue(manifest.get("layout"), TokenLayout.class);
        FusionMultiplyAdds counted = new FusionMultiplyAdds(size, layout);
        long d = size.width();
        long s = layout.context();
        long behind = d * d + 2 * d * size.feedForward(); // of one token, beside its attention
        assertThat(counted.encode() - s * behind - 2 * s * s * d)
                .isEqualTo(graphs.at("/encode.onnx/multiplyAdds").asLong());
        long columns = s + layout.caption() + 2; // the most finished words that the graph has room for
        assertThat(counted.step(layout.caption()) - behind - 2 * columns * d)
                .isEqualTo(graphs.at("/step.onnx/multiplyAdds").asLong());
    }
}
