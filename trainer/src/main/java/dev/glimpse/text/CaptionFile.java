package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.json.Json;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Captions in COCO's format. */
public final class CaptionFile {
    private CaptionFile() {}

    private record Image(
            @JsonProperty(required = true) long id,

            @JsonProperty(value = "file_name", required = true)
            String file) {}

    private record Caption(
            long id,

            @JsonProperty(value = "image_id", required = true)
            long picture,

            @JsonProperty(required = true) @Nullable String caption) {}

    /** What is written; its fields have one order, so that equal captions are equal bytes. */
    private record Content(List<Image> images, List<Caption> annotations) {}

    /** Writes pictures with their captions; {@code annotations[].id} counts from 1. */
    public static void write(Path file, List<CaptionedPicture> captioned) {
        List<Image> images = new ArrayList<>();
        List<Caption> captions = new ArrayList<>();
        for (CaptionedPicture picture : captioned) {
            images.add(new Image(picture.id(), picture.fileName()));
            picture.captions().forEach(text -> captions.add(new Caption(captions.size() + 1, picture.id(), text)));
        }
        Json.write(file, new Content(images, captions));
    }

    /**
     * Reads {@code images[].id, file_name} and {@code annotations[].image_id, caption}, in whatever order they stand.
     *
     * @return the pictures that have captions, in the order of the file
     * @throws dev.glimpse.error.UserError when the file is missing, not of this format, or has an empty caption
     */
    public static List<CaptionedPicture> read(Path file) {
        Map<Long, String> names = new LinkedHashMap<>();
        Map<Long, List<String>> captions = new LinkedHashMap<>();
        JsonStream.required(
                file,
                new Part<>("images", Image.class, image -> {
                    boolean first = names.put(image.id, image.file) == null;
                    require(first, "%s: picture %d is listed twice", file, image.id);
                }),
                new Part<>("annotations", Caption.class, caption -> captions.computeIfAbsent(
                                caption.picture, i -> new ArrayList<>(5))
                        .add(text(file, caption))));
        require(!captions.isEmpty(), "%s: expected captions, found none", file);
        captions.keySet()
                .forEach(id -> require(
                        names.containsKey(id),
                        "%s: a caption is of picture %d, which is not among the images",
                        file,
                        id));
        return names.entrySet().stream()
                .filter(e -> captions.containsKey(e.getKey()))
                .map(e -> new CaptionedPicture(e.getKey(), e.getValue(), captions.getOrDefault(e.getKey(), List.of())))
                .toList();
    }

    private static String text(Path file, Caption caption) {
        String text = caption.caption == null ? "" : caption.caption;
        require(
                !text.isBlank(),
                "%s: a caption of picture %d is empty; remove it, or import the data set with 'glimpse import'",
                file,
                caption.picture);
        return text;
    }
}
