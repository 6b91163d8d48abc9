package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.json.Json;
import dev.glimpse.run.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code glimpse train} in processes of their own, ended at random moments of every stage. {@code -Dglimpse.kills=5} kills
 * each stage five times, {@code -Dglimpse.killConfig=FILE} takes another configuration than the one drawn here.
 */
class KilledTrainingTest {
    private static final int STEPS = 40;
    private static final Pattern BEGINS = Pattern.compile("(?m)^(\\S+): begins$");

    @TempDir
    private Path folder = Path.of("");

    private int sessions;

    @Test
    void runThatWasKilledAndStoppedInEveryStageLeavesTheBytesOfAnUndisturbedOne() throws Exception {
        String chosen = System.getProperty("glimpse.killConfig", "");
        Path config = chosen.isEmpty()
                ? new DrawnRun(folder, STEPS).taught(STEPS).rewarded(STEPS).file()
                : Path.of(chosen);
        Path whole = folder.resolve("whole");
        List<String> stages;
        try (TrainProcess process = start(config, whole)) {
            assertThat(process.exitCode()).as(process.output()).isZero();
            stages = BEGINS.matcher(process.output())
                    .results()
                    .map(m -> m.group(1))
                    .toList();
        }
        assertThat(stages)
                .contains("detectors", "features", "teacher-adapt", "pretrain", "caption", "scst", "vqa", "evaluate");
        Path broken = folder.resolve("broken");
        Random random = new Random(Long.getLong("glimpse.killSeed", 1));
        int kills = Integer.getInteger("glimpse.kills", 1);
        Map<String, Integer> killed = new LinkedHashMap<>();
        for (String stage : stages) {
            double seconds = Json.read(whole.resolve("stages/" + stage + ".json"), StageRecord.class)
                    .seconds();
            for (int i = 0; i < kills; i++) {
                try (TrainProcess process = start(config, broken)) {
                    String line =
                            process.await(Pattern.compile("(?m)^" + stage + ": (begins|settings and inputs .*)$"));
                    if (line.endsWith(": begins")) {
                        // No later than its share of the stage, so that there is something left for the other kills.
                        Thread.sleep((long) (800 * seconds / kills * random.nextDouble()));
                        killed.merge(stage, 1, Integer::sum);
                    }
                    process.signal("KILL");
                    assertThat(process.exitCode()).as(stage).isEqualTo(128 + 9);
                }
            }
        }
        System.out.println("kills of each stage: " + killed);
        assertThat(killed)
                .containsKeys("detectors", "teacher-detector", "teacher-adapt", "pretrain", "caption", "scst", "vqa");
        assertThat(killed.values().stream().mapToInt(Integer::intValue).sum())
                .as("kills within a stage; short ones may have ended before")
                .isGreaterThan(kills * stages.size() * 3 / 4);
        try (TrainProcess process = start(config, broken)) {
            assertThat(process.exitCode()).as(process.output()).isZero();
        }
        assertSameFiles(broken, whole);
    }

    @Test
    void interruptAndTerminateSaveAndEndAndTheSameCommandGoesOn() throws Exception {
        Path config = new DrawnRun(folder, 100_000).file();
        Path run = folder.resolve("run");
        for (String signal : isInterruptIgnored() ? List.of("TERM") : List.of("INT", "TERM")) {
            try (TrainProcess process = start(config, run)) {
                process.await(Pattern.compile("(?m)^detectors: begins$"));
                while (!hasCheckpoint(run)) {
                    Thread.sleep(10);
                }
                process.signal(signal);
                assertThat(process.exitCode()).isEqualTo(signal.equals("INT") ? 130 : 143);
                assertThat(process.output())
                        .containsPattern(
                                "glimpse: detectors: stopped and saved after step \\d+ of 100000; the same command");
                String step = process.output().replaceAll("(?s).*saved after step (\\d+).*", "$1");
                assertThat(run.resolve("checkpoints/detectors/step-" + step)).isDirectory();
                AtomicDirectory.delete(run.resolve("checkpoints/detectors"));
            }
        }
    }

    private TrainProcess start(Path config, Path run) throws IOException {
        return new TrainProcess(config, run, folder.resolve("session-" + sessions++ + ".log"));
    }

    private static boolean hasCheckpoint(Path run) {
        return Files.isDirectory(run.resolve("checkpoints/detectors/step-7"));
    }

    /** A shell may start its children so that they never see an interrupt. */
    private static boolean isInterruptIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private static void assertSameFiles(Path found, Path expected) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(expected)) {
            paths.filter(Files::isRegularFile)
                    .filter(p -> !p.endsWith("run.json"))
                    .forEach(p -> files.put(String.valueOf(p.getFileName()), p));
        }
        assertThat(files)
                .containsKeys(
                        "student-detector.safetensors", "student-caption.safetensors", "metrics.csv", "report.html");
        files.forEach((name, file) -> assertThat(found.resolve(name)).as(name).hasSameBinaryContentAs(file));
    }
}
