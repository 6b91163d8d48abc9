package dev.glimpse.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.cuda.Gpu;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanKeyTest {
    private static final byte[] MODEL = {1, 2, 3};
    private static final Gpu ORIN = new Gpu(0, "Orin", "8.7", 8L << 30);
    private static final Batches BATCHES = new Batches(4, 16);

    @Test
    void whateverAPlanDependsOnChangesItsName() {
        List<PlanKey> keys = List.of(
                PlanKey.of(MODEL, "10.3.0", "540.4.0, CUDA 12.6", ORIN, BATCHES),
                PlanKey.of(new byte[] {1, 2, 4}, "10.3.0", "540.4.0, CUDA 12.6", ORIN, BATCHES),
                PlanKey.of(MODEL, "10.16.0", "540.4.0, CUDA 12.6", ORIN, BATCHES),
                PlanKey.of(MODEL, "10.3.0", "540.5.0, CUDA 12.6", ORIN, BATCHES),
                PlanKey.of(MODEL, "10.3.0", "540.4.0, CUDA 12.6", new Gpu(0, "Orin", "8.7", 16L << 30), BATCHES),
                PlanKey.of(MODEL, "10.3.0", "540.4.0, CUDA 12.6", new Gpu(0, "Thor", "8.7", 8L << 30), BATCHES),
                PlanKey.of(MODEL, "10.3.0", "540.4.0, CUDA 12.6", ORIN, new Batches(4, 17)),
                PlanKey.of(MODEL, "10.3.0", "540.4.0, CUDA 12.6", ORIN, new Batches(5, 16)));
        Set<String> names = new HashSet<>();
        keys.forEach(key -> names.add(key.file()));
        assertThat(names).hasSameSizeAs(keys).allMatch(name -> name.matches("[0-9a-f]{64}\\.plan"));
    }

    @Test
    void numberOfTheGpuDoesNotMatter() {
        assertThat(PlanKey.of(MODEL, "10.3.0", "", new Gpu(1, "Orin", "8.7", 8L << 30), BATCHES)
                        .file())
                .isEqualTo(PlanKey.of(MODEL, "10.3.0", "", ORIN, BATCHES).file());
    }

    @Test
    void refusalStandsBesideThePlan() {
        PlanKey key = PlanKey.of(MODEL, "10.3.0", "", ORIN, BATCHES);
        assertThat(key.refusal())
                .isNotEqualTo(key.file())
                .startsWith(key.file().substring(0, 64))
                .endsWith(".refused");
    }

    @Test
    void graphsOfOneMachineShareTheirTimings() {
        assertThat(PlanKey.of(MODEL, "10.3.0", "", ORIN, BATCHES).timings())
                .isEqualTo(PlanKey.of(new byte[1], "10.3.0", "", ORIN, BATCHES).timings())
                .isNotEqualTo(PlanKey.of(MODEL, "10.4.0", "", ORIN, BATCHES).timings());
    }
}
