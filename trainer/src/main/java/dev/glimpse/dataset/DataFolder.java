package dev.glimpse.dataset;

import dev.glimpse.error.UserError;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data folder as the trainer reads it: {@code annotations/KIND_SPLIT.json} and {@code images/SPLIT/}.
 *
 * @param root the folder
 */
record DataFolder(Path root) {
    static final List<String> SPLITS = List.of("train", "val", "test");

    Path annotations(String kind, String split) {
        return root.resolve("annotations").resolve(kind + "_" + split + ".json");
    }

    /** One file of a kind for every split, to be written. */
    Map<String, ListsFile> begin(String kind) {
        Map<String, ListsFile> files = new LinkedHashMap<>();
        SPLITS.forEach(split -> files.put(split, new ListsFile(annotations(kind, split))));
        return files;
    }

    /** The split of every picture that the captions, or else the objects, of this folder list. */
    Map<Long, String> splits() {
        Map<Long, String> splits = new HashMap<>();
        for (String split : SPLITS) {
            for (String kind : List.of("captions", "instances")) {
                Path file = annotations(kind, split);
                if (Files.exists(file)) {
                    JsonStream.required(
                            file,
                            new Part<>("images", CocoRecords.Image.class, image -> splits.put(image.id(), split)));
                }
            }
        }
        UserError.require(
                !splits.isEmpty(),
                "%s: expected captions or instances of train, val or test; run 'glimpse import coco' first",
                root);
        return splits;
    }

    /** Makes {@code images/SPLIT/NAME} a link to a folder of pictures, for every split. */
    void link(Path pictures) {
        for (String split : SPLITS) {
            Path link = root.resolve("images").resolve(split).resolve(pictures.getFileName());
            try {
                Files.createDirectories(link.getParent());
                if (Files.isSymbolicLink(link)) {
                    Files.delete(link);
                }
                Files.createSymbolicLink(link, pictures.toRealPath());
            } catch (IOException | UnsupportedOperationException e) {
                throw new UserError(link + ": cannot be made a link to " + pictures + ": " + e.getMessage(), e);
            }
        }
    }
}
