package dev.glimpse.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.text.CaptionedPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Captions of one model in COCO's format of results: {@code captions-SPLIT.json} of a run, and what others say of the split
 * test, as {@code captions/NAME.json}, for the report to show beside.
 */
record CaptionResults(String name, Map<Long, String> captions) {
    /** One element of the file. */
    record Result(@JsonProperty("image_id") long picture, String caption) {}

    static Path file(RunDirectory run, String split) {
        return run.file("captions-" + split + ".json");
    }

    /** Writes the captions of a split. */
    static void write(Path file, List<CaptionedPicture> pictures, List<String> captions) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            results.add(new Result(pictures.get(i).id(), captions.get(i)));
        }
        Json.write(file, results);
    }

    /** The file of another model. */
    static Path other(RunDirectory run, String name) {
        return run.file("captions").resolve(name + ".json");
    }

    /** The files of other models, by name. */
    static List<Path> others(RunDirectory run) {
        Path folder = run.file("captions");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Reads a file; its name without {@code .json} is the model's. */
    static CaptionResults read(Path file) {
        Map<Long, String> captions = new LinkedHashMap<>();
        for (Result result : Json.read(file, Result[].class)) {
            captions.put(result.picture(), result.caption());
        }
        return new CaptionResults(String.valueOf(file.getFileName()).replaceFirst("\\.json$", ""), captions);
    }
}
