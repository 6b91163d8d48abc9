package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.safetensors.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final String[] FILES = {"state.safetensors", "manifest.json", "manifest.sha256"};

    @TempDir
    private Path folder = Path.of("");

    @Test
    void newestStateComesBack() {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        assertThat(checkpoints.seconds()).isZero();
        checkpoints.save(state(9, 1));
        checkpoints.save(state(10, 2));
        State state = checkpoints.latest().orElseThrow();
        assertThat(state.step()).isEqualTo(10);
        assertThat(state.seconds()).isEqualTo(checkpoints.seconds()).isEqualTo(20);
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

    /** {@code -Dglimpse.flips=10000} for the long form. */
    @Test
    void anyFlippedBitIsFoundAndTheCheckpointBeforeIsUsed() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        checkpoints.save(state(1, 1));
        checkpoints.save(state(2, 2));
        Path newest = folder.resolve("step-2");
        Path damaged = folder.resolve("step-2.damaged");
        List<Path> files = files(newest);
        assertThat(files).extracting(p -> String.valueOf(p.getFileName())).containsExactlyInAnyOrder(FILES);
        Random random = new Random(7);
        int flips = Integer.getInteger("glimpse.flips", 300);
        for (int i = 0; i < flips; i++) {
            Path file = files.get(i % files.size());
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(bytes.length);
            int bit = 1 << random.nextInt(8);
            flip(file, bytes, at, bit);
            assertThat(value(checkpoints.latest().orElseThrow()))
                    .as("bit %d of byte %d of %s", bit, at, file)
                    .isEqualTo(1);
            assertThat(names()).containsExactly("step-1", "step-2.damaged");
            Files.move(damaged, newest);
            flip(file, bytes, at, bit);
        }
        assertThat(value(checkpoints.latest().orElseThrow())).isEqualTo(2);
    }

    private static void flip(Path file, byte[] bytes, int at, int bit) throws IOException {
        bytes[at] ^= (byte) bit;
        Files.write(file, bytes);
    }

    @Test
    void cutLongerOrMissingFileIsFoundToo() throws IOException {
        for (String name : FILES) {
            Path own = folder.resolve(name);
            Checkpoints checkpoints = new Checkpoints(own, "a");
            checkpoints.save(state(1, 1));
            for (int length : new int[] {-1, 0, 10, 5000}) {
                checkpoints.save(state(2, 2));
                Path file = own.resolve("step-2").resolve(name);
                if (length < 0) {
                    Files.delete(file);
                } else {
                    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
                }
                assertThat(value(checkpoints.latest().orElseThrow()))
                        .as("%s of %d bytes", name, length)
                        .isEqualTo(1);
                assertThat(own.resolve("step-2.damaged")).exists();
            }
        }
    }

    @Test
    void writerKilledBetweenAnyTwoChangesOfTheDiskLeavesTheStateBeforeOrTheNewOne() throws IOException {
        int whole = 0;
        boolean finished = false;
        for (int allowed = 0; !finished; allowed++) {
            Path own = folder.resolve("killed-" + allowed);
            Checkpoints before = new Checkpoints(own, "a");
            before.save(state(2, 2));
            KilledWriter writer = new KilledWriter(allowed);
            try {
                new Checkpoints(writer.path(own), "a").save(state(3, 3));
                finished = true;
            } catch (KilledWriter.Killed e) {
                assertThat(writer.changes()).isEqualTo(allowed);
            }
            State found = new Checkpoints(own, "a").latest().orElseThrow();
            assertThat(value(found)).isEqualTo(found.step()).isIn(2f, 3f);
            whole += found.step() == 3 ? 1 : 0;
            new Checkpoints(own, "a").save(state(4, 4)); // what a killed writer left is in nobody's way
            assertThat(value(new Checkpoints(own, "a").latest().orElseThrow())).isEqualTo(4);
            try (Stream<Path> left = Files.list(own)) {
                assertThat(left.map(p -> String.valueOf(p.getFileName())))
                        .noneMatch(name -> name.endsWith(".damaged"))
                        .hasSizeBetween(2, 3); // a step-3.tmp may stay until step 3 is saved again
            }
        }
        assertThat(whole).isGreaterThan(1); // some kills come after the rename
    }

    @Test
    void sameStepSavedAgainStaysAsItIs() {
        Checkpoints checkpoints = new Checkpoints(folder, "a");
        checkpoints.save(state(1, 1));
        checkpoints.save(state(1, 2));
        assertThat(value(checkpoints.latest().orElseThrow())).isEqualTo(1);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }

    private static State state(long step, float value) {
        return new State(step, 2 * step, Map.of("x", new FloatTensor(new long[] {2}, new float[] {value, 0})));
    }

    private static float value(State state) {
        return state.tensors()
                .getOrDefault("x", new FloatTensor(new long[0], new float[] {Float.NaN}))
                .data()[0];
    }
}
