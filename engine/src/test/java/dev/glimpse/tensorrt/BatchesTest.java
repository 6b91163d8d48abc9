package dev.glimpse.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Manifest.Graph;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.error.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void onlyInputsWithAFreeDimensionGetARange() {
        Graph step = new Graph(
                List.of(
                        new TensorContract("tokens", "int64", List.of(-1, 2)),
                        new TensorContract("position", "int64", List.of(1)),
                        new TensorContract("keys", "float", List.of(-1, 4, 8, 20, 16))),
                List.of(new TensorContract("logits", "float", List.of(-1, 100))));
        Map<String, Batches.Range> ranges = new Batches(4, 16).ranges(step);
        assertThat(ranges.keySet()).containsExactly("tokens", "keys");
        assertThat(ranges)
                .hasEntrySatisfying("tokens", r -> assertThat(r.least()).containsExactly(1, 2))
                .hasEntrySatisfying("keys", r -> assertThat(r.typical()).containsExactly(4, 4, 8, 20, 16))
                .hasEntrySatisfying("keys", r -> assertThat(r.most()).containsExactly(16, 4, 8, 20, 16));
    }

    @Test
    void typicalBatchBeyondTheLargestIsRefused() {
        assertThatThrownBy(() -> new Batches(5, 4))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was 5");
        assertThatThrownBy(() -> new Batches(0, 4)).isInstanceOf(UserError.class);
    }
}
