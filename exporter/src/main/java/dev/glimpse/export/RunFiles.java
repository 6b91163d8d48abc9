package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.bundle.Answers;
import dev.glimpse.bundle.Labels;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.SafetensorsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The files of a run directory that an export reads. */
record RunFiles(Path directory) {
    /** File, and the stage that writes it. */
    private static final Map<String, String> WRITTEN_BY = Map.of(
            "student-detector.safetensors", "detectors",
            "student-caption.safetensors", "caption (or scst)",
            "student-vqa.safetensors", "vqa",
            "tokenizer.json", "text",
            "labels.json", "detectors",
            "answers.json", "text",
            "run.json", "detectors");

    RunFiles {
        require(Files.isDirectory(directory), "%s: expected the directory of a training run, found none", directory);
        for (Map.Entry<String, String> file : WRITTEN_BY.entrySet()) {
            require(
                    Files.isRegularFile(directory.resolve(file.getKey())),
                    "%s: expected %s, found none. Stage %s of glimpse train writes it; finish the run first.",
                    directory,
                    file.getKey(),
                    file.getValue());
        }
    }

    Path detector() {
        return directory.resolve("student-detector.safetensors");
    }

    Path caption() {
        return directory.resolve("student-caption.safetensors");
    }

    Path vqa() {
        return directory.resolve("student-vqa.safetensors");
    }

    Path tokenizer() {
        return directory.resolve("tokenizer.json");
    }

    Labels labels() {
        return Json.read(directory.resolve("labels.json"), Labels.class);
    }

    Answers answers() {
        return Json.read(directory.resolve("answers.json"), Answers.class);
    }

    /**
     * {@code run.json} and, where the run was evaluated, {@code report.json}. Absolute paths are cut to their last name: a
     * bundle travels, and says nothing about the disks it comes from.
     */
    JsonNode provenance() {
        ObjectNode provenance = Json.mapper().createObjectNode();
        provenance.set("run", LocalPaths.cut(Json.read(directory.resolve("run.json"), JsonNode.class)));
        if (isEvaluated()) {
            provenance.set("report", LocalPaths.cut(Json.read(directory.resolve("report.json"), JsonNode.class)));
        }
        return provenance;
    }

    /** The data folder that {@code run.json} names, as it was written; empty when it names none. */
    String dataFolder() {
        return Json.read(directory.resolve("run.json"), JsonNode.class)
                .path("settings")
                .path("data")
                .path("folder")
                .asText("");
    }

    /** Numbers in the checkpoints of the detector and of captioning. */
    long parameters() {
        return parameters(detector()) + parameters(caption());
    }

    private static long parameters(Path checkpoint) {
        try (SafetensorsReader reader = SafetensorsReader.open(checkpoint)) {
            return reader.names().stream()
                    .mapToLong(name -> Arrays.stream(reader.shape(name)).reduce(1, Math::multiplyExact))
                    .sum();
        }
    }

    boolean isEvaluated() {
        return Files.isRegularFile(directory.resolve("report.json"));
    }
}
