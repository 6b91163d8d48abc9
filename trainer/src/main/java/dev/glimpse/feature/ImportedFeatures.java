package dev.glimpse.feature;

import dev.glimpse.bundle.Labels;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Features that a detector of others computed, in the folder {@code features} of a data set: {@code SPLIT.bin}, {@code
 * labels.json}, and {@code detector.safetensors}, which holds no detector but says so, and stands for it where a store names
 * the detector that made it.
 *
 * @param folder the folder
 */
public record ImportedFeatures(Path folder) {
    /** What {@code glimpse.kind} of the file says that stands for the detector. */
    public static final String KIND = "imported-features";

    /** Whether a data set has such features. */
    public boolean exist() {
        return Files.exists(detector());
    }

    public Path detector() {
        return folder.resolve("detector.safetensors");
    }

    public Path labels() {
        return folder.resolve("labels.json");
    }

    public Path store(String split) {
        return folder.resolve(split + ".bin");
    }

    /**
     * Writes labels and the file that stands for the detector.
     *
     * @param sources names of the files that the features come from
     * @return digest of the latter, for the stores' headers
     */
    public String write(Labels labels, List<String> sources) {
        Json.write(labels(), labels);
        SafetensorsWriter.write(
                detector(),
                Map.of("glimpse.kind", KIND, "sources", String.join(" ", sources), "labels", Digest.of(labels())),
                Map.of());
        return Digest.of(detector());
    }
}
