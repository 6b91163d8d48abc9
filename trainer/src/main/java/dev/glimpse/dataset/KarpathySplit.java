package dev.glimpse.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.error.UserError;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code dataset_coco.json} of Karpathy and Fei-Fei (arXiv 1412.2306): the split of every COCO picture. The pictures of
 * {@code restval} belong to train, as everyone has it: 113,287, 5,000 and 5,000 pictures.
 */
final class KarpathySplit {
    private KarpathySplit() {}

    private record Picture(
            @JsonProperty("cocoid") @Nullable Long id,
            @Nullable String split) {}

    /** @return split, one of train, val and test, by the picture's number in COCO */
    static Map<Long, String> read(Path file) {
        Map<Long, String> splits = new HashMap<>();
        JsonStream.required(file, new Part<>("images", Picture.class, picture -> {
            if (picture.id == null || picture.split == null) {
                throw new UserError(file + ": expected 'cocoid' and 'split' of every image, found " + picture
                        + "; the file for COCO is needed, not that for Flickr");
            }
            splits.put(picture.id, split(file, picture.id, picture.split));
        }));
        return splits;
    }

    private static String split(Path file, long id, String split) {
        return switch (split) {
            case "train", "restval" -> "train";
            case "val", "test" -> split;
            default ->
                throw new UserError(
                        file + ": image " + id + ": expected split train, restval, val or test, found '" + split + "'");
        };
    }
}
