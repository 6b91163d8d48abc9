package dev.glimpse.run;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one stage, a directory {@code step-N} each: {@code state.safetensors}, {@code manifest.json} with its size
 * and SHA-256, and {@code manifest.sha256} with the manifest's own, so that no bit of the three may change. A directory gets
 * its name when everything in it is on the disk, so a killed writer leaves only {@code step-N.tmp}. The last two are kept; a
 * damaged one is set aside as {@code step-N.damaged}, which is said on stderr, and the one before it used.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PREFIX = "step-";
    private static final String STATE = "state.safetensors";
    private static final String MANIFEST = "manifest.json";
    private static final String SEAL = "manifest.sha256";
    private static final int KEPT = 2;

    private final Path folder;
    private final String identity;

    /**
     * What a checkpoint is.
     *
     * @param identity digest of the settings and inputs of the stage
     * @param seconds time that the steps so far took
     */
    record Manifest(String identity, long step, double seconds, long size, String sha256) {}

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
     * Saves a state, whole or not at all; one of that step that is there already stays.
     *
     * @throws UserError when it cannot be written; earlier checkpoints are as they were
     */
    public void save(State state) {
        try {
            Path target = folder.resolve(PREFIX + state.step());
            if (!Files.exists(target) || !isOwn(target)) {
                AtomicDirectory.write(target, directory -> write(state, directory));
            }
            removeOld();
        } catch (IOException e) {
            throw new UserError(
                    folder + ": cannot save a checkpoint: " + e.getMessage()
                            + "; is the disk full? The one before it is whole.",
                    e);
        }
    }

    private void write(State state, Path directory) throws IOException {
        Path file = directory.resolve(STATE);
        SafetensorsWriter.write(file, Map.of(), state.tensors());
        Path manifest = directory.resolve(MANIFEST);
        Json.write(manifest, new Manifest(identity, state.step(), state.seconds(), Files.size(file), Digest.of(file)));
        Files.writeString(directory.resolve(SEAL), Digest.of(manifest));
    }

    /** The newest checkpoint that is whole and of this identity. Where there are others only, it is said on stderr. */
    public Optional<State> latest() {
        Optional<Path> newest = newest();
        if (newest.isEmpty() && !directories().isEmpty()) {
            LOG.warn(
                    "{}: the checkpoints are those of other settings or inputs; the stage begins anew and its first save"
                            + " removes them. To go on from them, stop now and give it the settings of before.",
                    folder);
        }
        return newest.map(Checkpoints::read);
    }

    /** Time that the steps before {@link #latest} took, 0 where there is none. */
    public double seconds() {
        return newest().map(Checkpoints::manifest).map(Manifest::seconds).orElse(0.0);
    }

    private Optional<Path> newest() {
        return directories().stream().filter(this::isOwn).findFirst();
    }

    /** Whether a checkpoint is whole and of this identity; a damaged one is set aside. */
    private boolean isOwn(Path directory) {
        try {
            Manifest manifest = manifest(directory);
            if (!manifest.identity().equals(identity)) {
                return false;
            }
            Path file = directory.resolve(STATE);
            String found = Files.exists(file) ? Digest.of(file) : "no file";
            require(found.equals(manifest.sha256()), "%s: expected %s, found SHA-256 %s", file, manifest, found);
            return true;
        } catch (UserError e) {
            setAside(directory, e);
            return false;
        }
    }

    /** The manifest, none of whose bits has changed, of a directory that has its name. */
    private static Manifest manifest(Path directory) {
        Path file = directory.resolve(MANIFEST);
        Path seal = directory.resolve(SEAL);
        require(Files.exists(file) && Files.exists(seal), "%s: expected %s and %s", directory, MANIFEST, SEAL);
        try {
            byte[] expected = Digest.of(file).getBytes(StandardCharsets.US_ASCII);
            require(
                    Arrays.equals(Files.readAllBytes(seal), expected),
                    "%s: expected the SHA-256 in %s, found another",
                    file,
                    SEAL);
        } catch (IOException e) {
            throw new UserError(seal + ": cannot be read: " + e.getMessage(), e);
        }
        Manifest manifest = Json.read(file, Manifest.class);
        require(manifest.step() == step(directory), "%s: expected its step, found %s", directory, manifest);
        return manifest;
    }

    private static State read(Path directory) {
        try (SafetensorsReader reader = SafetensorsReader.open(directory.resolve(STATE))) {
            Map<String, FloatTensor> tensors = new LinkedHashMap<>();
            reader.names().forEach(name -> tensors.put(name, reader.tensor(name)));
            return new State(step(directory), manifest(directory).seconds(), tensors);
        }
    }

    private static void setAside(Path directory, UserError reason) {
        Path damaged = directory.resolveSibling(directory.getFileName() + ".damaged");
        LOG.warn("Damaged checkpoint set aside as {}: {}", damaged, reason.getMessage());
        try {
            AtomicDirectory.delete(damaged);
            Files.move(directory, damaged, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError(directory + ": damaged, and cannot be set aside: " + e.getMessage(), e);
        }
    }

    /** Keeps the newest of this identity; their states are not read again. */
    private void removeOld() throws IOException {
        int kept = 0;
        for (Path directory : directories()) {
            try {
                if (kept < KEPT && manifest(directory).identity().equals(identity)) {
                    kept++;
                } else {
                    AtomicDirectory.delete(directory);
                }
            } catch (UserError e) {
                setAside(directory, e);
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
