package dev.glimpse.run;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one stage, {@code step-N/state.safetensors} with {@code step-N/manifest.json}, written last, that holds
 * its size and SHA-256. A directory gets its name when everything in it is on the disk, so a killed writer leaves only
 * {@code step-N.tmp}. The last two are kept; a damaged one is set aside as {@code step-N.damaged} and the one before it used.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PREFIX = "step-";
    private static final String STATE = "state.safetensors";
    private static final String MANIFEST = "manifest.json";
    private static final int KEPT = 2;

    private final Path folder;
    private final String identity;

    /**
     * Last file of a checkpoint.
     *
     * @param identity digest of the settings and inputs of the stage
     */
    record Manifest(String identity, long step, long size, String sha256) {}

    /**
     * Checkpoints under {@code folder}.
     *
     * @param identity digest of settings and inputs; checkpoints of another identity are ignored and removed by the next save
     */
    public Checkpoints(Path folder, String identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /**
     * Saves a state, whole or not at all.
     *
     * @throws UserError when it cannot be written; earlier checkpoints are as they were
     */
    public void save(State state) {
        try {
            AtomicDirectory.write(folder.resolve(PREFIX + state.step()), directory -> {
                Path file = directory.resolve(STATE);
                SafetensorsWriter.write(file, Map.of(), state.tensors());
                Json.write(
                        directory.resolve(MANIFEST),
                        new Manifest(identity, state.step(), Files.size(file), Digest.of(file)));
            });
            removeOld();
        } catch (IOException e) {
            throw new UserError(
                    folder + ": cannot save a checkpoint: " + e.getMessage()
                            + "; is the disk full? The one before it is whole.",
                    e);
        }
    }

    /** The newest checkpoint that is whole and of this identity. */
    public Optional<State> latest() {
        for (Path directory : directories()) {
            Optional<State> state = read(directory);
            if (state.isPresent()) {
                return state;
            }
        }
        return Optional.empty();
    }

    private Optional<State> read(Path directory) {
        try {
            Manifest manifest = Json.read(directory.resolve(MANIFEST), Manifest.class);
            if (!manifest.identity().equals(identity)) {
                return Optional.empty();
            }
            Path file = directory.resolve(STATE);
            String found = Digest.of(file);
            if (!found.equals(manifest.sha256())
                    || manifest.step() != step(directory)
                    || manifest.size() != Files.size(file)) {
                throw new UserError(file + ": expected " + manifest + ", found SHA-256 " + found);
            }
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                Map<String, FloatTensor> tensors = new LinkedHashMap<>();
                reader.names().forEach(name -> tensors.put(name, reader.tensor(name)));
                return Optional.of(new State(manifest.step(), tensors));
            }
        } catch (UserError | IOException e) {
            setAside(directory, e);
            return Optional.empty();
        }
    }

    private static void setAside(Path directory, Exception reason) {
        Path damaged = directory.resolveSibling(directory.getFileName() + ".damaged");
        LOG.warn("Damaged checkpoint set aside as {}: {}", damaged, reason.getMessage());
        try {
            AtomicDirectory.delete(damaged);
            Files.move(directory, damaged, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError(directory + ": damaged, and cannot be set aside: " + e.getMessage(), e);
        }
    }

    private void removeOld() throws IOException {
        int kept = 0;
        for (Path directory : directories()) {
            boolean own = Files.exists(directory.resolve(MANIFEST))
                    && Json.read(directory.resolve(MANIFEST), Manifest.class)
                            .identity()
                            .equals(identity);
            if (!own || kept == KEPT) {
                AtomicDirectory.delete(directory);
            } else {
                kept++;
            }
        }
    }

    /** Checkpoint directories, newest first. */
    private List<Path> directories() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(p -> step(p) >= 0)
                    .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    /** N of {@code step-N}, or -1 for anything else. */
    private static long step(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return name.matches(PREFIX + "\\d{1,18}") ? Long.parseLong(name.substring(PREFIX.length())) : -1;
    }
}
