package dev.glimpse.run;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The directory of one run: {@code run.json}, {@code metrics.csv}, the outputs of the stages, a record of each finished
 * stage and checkpoints of the one under way.
 */
public final class RunDirectory {
    private final Path root;

    /**
     * Makes the directory if it is not there.
     *
     * @throws UserError when it cannot be made
     */
    public RunDirectory(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UserError(
                    root + ": cannot make the run directory: " + e.getMessage() + "; choose another with --run", e);
        }
    }

    public Path root() {
        return root;
    }

    /** A file of the run. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** Metrics of all stages. */
    public Path metrics() {
        return file("metrics.csv");
    }

    /** Writes {@code run.json} anew, with inputs of stages recorded so far. */
    public void describe(RunRecord record) {
        Json.write(file("run.json"), record);
    }

    /** Whether a stage was finished with the same settings and inputs, and its outputs are still as it left them. */
    public boolean isDone(Stage stage) {
        Path file = recordFile(stage.name());
        if (!Files.exists(file)) {
            return false;
        }
        StageRecord record = Json.read(file, StageRecord.class);
        return record.settings().equals(settingsDigest(stage))
                && record.inputs().equals(inputs(stage))
                && stage.outputs().stream().allMatch(Files::exists)
                && record.outputs().equals(digests(stage.outputs()));
    }

    /**
     * Digests of a stage's inputs, by path relative to the run or as given.
     *
     * @throws UserError when one is missing
     */
    public Map<String, String> inputs(Stage stage) {
        for (Path input : stage.inputs()) {
            if (!Files.exists(input)) {
                throw new UserError("stage " + stage.name() + " reads " + input
                        + ", which is not there; run the stages before it, or check data.folder");
            }
        }
        return digests(stage.inputs());
    }

    /** What was recorded of a stage when it was finished. */
    public Optional<StageRecord> record(String stage) {
        Path file = recordFile(stage);
        return Files.exists(file) ? Optional.of(Json.read(file, StageRecord.class)) : Optional.empty();
    }

    /**
     * Takes over a stage that another run finished with the same settings and inputs: its outputs become links to the other's, its
     * record and metrics are copied.
     *
     * @return whether the other run has such a stage
     */
    public boolean adopt(RunDirectory other, Stage stage) {
        Optional<StageRecord> record = other.record(stage.name())
                .filter(r -> r.settings().equals(settingsDigest(stage)))
                .filter(r -> r.inputs().equals(inputs(stage)));
        if (record.isEmpty() || !stage.outputs().stream().allMatch(o -> Files.exists(other.twin(root, o)))) {
            return false;
        }
        try {
            for (Path output : stage.outputs()) {
                Path folder = Objects.requireNonNull(output.toAbsolutePath().getParent());
                Path target = other.twin(root, output).toRealPath();
                Files.createDirectories(folder);
                Files.deleteIfExists(output);
                Files.createSymbolicLink(output, folder.toRealPath().relativize(target));
            }
        } catch (IOException e) {
            throw new UserError(root + ": cannot link to outputs of " + other.root + ": " + e.getMessage(), e);
        }
        Metrics mine = new Metrics(metrics(), stage.name(), -1);
        Metrics.read(other.metrics()).stream()
                .filter(row -> row.stage().equals(stage.name()))
                .forEach(row -> mine.record(row.step(), Map.of(row.name(), row.value())));
        Json.write(recordFile(stage.name()), record.get());
        return true;
    }

    /** The file of this run that has the name of one of another run. */
    private Path twin(Path otherRoot, Path file) {
        return root.resolve(otherRoot.relativize(file).toString());
    }

    /**
     * Records a stage as finished and removes its checkpoints.
     *
     * @param seconds time it took
     */
    public void finish(Stage stage, double seconds) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Json.write(
                recordFile(stage.name()),
                new StageRecord(settingsDigest(stage), inputs(stage), digests(stage.outputs()), now, seconds));
        try {
            AtomicDirectory.delete(checkpointFolder(stage));
        } catch (IOException e) {
            throw new UserError(checkpointFolder(stage) + ": cannot be removed: " + e.getMessage(), e);
        }
    }

    /** The checkpoints of a stage: those of other settings or inputs are not taken for its own. */
    public Checkpoints checkpoints(Stage stage) {
        String identity = Digest.of(Json.bytes(settingsDigest(stage) + inputs(stage)));
        return new Checkpoints(checkpointFolder(stage), identity);
    }

    /** Time that went into the checkpoint from which a stage would go on; where it has none, inputs are not read for it. */
    public double secondsBefore(Stage stage) {
        return Files.isDirectory(checkpointFolder(stage)) ? checkpoints(stage).seconds() : 0;
    }

    private Path checkpointFolder(Stage stage) {
        return file("checkpoints").resolve(stage.name());
    }

    private Path recordFile(String stage) {
        return file("stages").resolve(stage + ".json");
    }

    private Map<String, String> digests(List<Path> paths) {
        Map<String, String> digests = new TreeMap<>();
        for (Path path : paths) {
            String name = path.startsWith(root) ? root.relativize(path).toString() : path.toString();
            digests.put(name, Digest.of(path));
        }
        return digests;
    }

    private static String settingsDigest(Stage stage) {
        return Digest.of(Json.bytes(stage.settings()));
    }
}
