package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.safetensors.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void newestStateComesBack() {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        checkpoints.save(state(9, 1));
        checkpoints.save(state(10, 2));
        State state = checkpoints.latest().orElseThrow();
        assertThat(state.step()).isEqualTo(10);
        assertThat(value(state)).isEqualTo(2);
    }

    @Test
    void onlyTheLastTwoAreKept() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        for (int step = 1; step <= 12; step++) {
            checkpoints.save(state(step, step));
        }
        assertThat(names()).containsExactly("step-11", "step-12");
    }

    @Test
    void checkpointOfOtherSettingsIsNotTaken() throws IOException {
        new Checkpoints(folder, "a").save(state(50, 1));
        Checkpoints other = new Checkpoints(folder, "b");
        assertThat(other.latest()).isEmpty();
        other.save(state(3, 2));
        assertThat(names()).containsExactly("step-3");
    }

    @Test
    void directoryThatNeverGotItsNameIsNotTaken() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        checkpoints.save(state(1, 1));
        Files.createDirectories(folder.resolve("step-2.tmp"));
        Files.writeString(folder.resolve("step-2.tmp/state.safetensors"), "torn");
        assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(1);
        checkpoints.save(state(2, 2));
        assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(2);
    }

    @Test
    void anyFlippedBitIsFoundAndTheCheckpointBeforeIsUsed() throws IOException {
        Random random = new Random(7);
        for (String name : List.of("state.safetensors", "manifest.json")) {
            for (int i = 0; i < 40; i++) {
                Checkpoints checkpoints = new Checkpoints(folder.resolve(name + i), "a");
                checkpoints.save(state(1, 1));
                checkpoints.save(state(2, 2));
                Path file = folder.resolve(name + i).resolve("step-2").resolve(name);
                byte[] bytes = Files.readAllBytes(file);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                State state = checkpoints.latest().orElseThrow();
                assertThat(value(state)).isEqualTo(state.step());
                assertThat(state.step()).isLessThanOrEqualTo(name.equals("manifest.json") ? 2 : 1);
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }

    private static State state(long step, float value) {
        return new State(step, Map.of("x", new FloatTensor(new long[] {2}, new float[] {value, 0})));
    }

    private static float value(State state) {
        return state.tensors()
                .getOrDefault("x", new FloatTensor(new long[0], new float[] {Float.NaN}))
                .data()[0];
    }
}
