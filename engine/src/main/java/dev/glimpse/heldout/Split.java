package dev.glimpse.heldout;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import dev.glimpse.metric.caption.CaptionTruth;
import dev.glimpse.metric.vqa.VqaFile;
import dev.glimpse.metric.vqa.VqaQuestion;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One split of a data folder, or its first pictures.
 *
 * @param name such as {@code val}
 * @param files picture to its file
 * @param captions picture to its reference captions
 * @param questions questions with people's answers, all about these pictures
 * @param texts question to its text
 */
public record Split(
        String name,
        Map<String, Path> files,
        Map<String, List<String>> captions,
        List<VqaQuestion> questions,
        Map<String, String> texts) {
    /**
     * Reads {@code annotations/captions_NAME.json}, {@code questions_NAME.json} and {@code annotations_NAME.json}; pictures
     * lie in {@code images/NAME}.
     *
     * @param most the first pictures that count
     * @throws UserError when a file is missing or malformed
     */
    public static Split read(Path data, String name, int most) {
        Path annotations = data.resolve("annotations");
        Path file = annotations.resolve("captions_" + name + ".json");
        Map<String, List<String>> captions = CaptionTruth.read(file).references();
        Map<String, Path> files = new LinkedHashMap<>();
        for (Entry image : EntryFile.object(file).list("images")) {
            if (files.size() < most && captions.containsKey(image.id("id"))) {
                files.put(image.id("id"), data.resolve("images").resolve(name).resolve(image.text("file_name")));
            }
        }
        Map<String, List<String>> kept = new LinkedHashMap<>(captions);
        kept.keySet().retainAll(files.keySet());
        List<VqaQuestion> questions = VqaFile.annotations(annotations.resolve("annotations_" + name + ".json")).stream()
                .filter(question -> files.containsKey(question.picture()))
                .toList();
        Map<String, String> texts = new HashMap<>();
        Path asked = annotations.resolve("questions_" + name + ".json");
        for (Entry question : EntryFile.object(asked).list("questions")) {
            texts.put(question.id("question_id"), question.text("question"));
        }
        for (VqaQuestion question : questions) {
            require(
                    texts.containsKey(question.id()),
                    "%s: expected every annotated question, question %s is not there. Is it the right file?",
                    asked,
                    question.id());
        }
        return new Split(name, files, kept, questions, texts);
    }

    /** Whether a data folder has the files of a split. */
    public static boolean isIn(Path data, String name) {
        Path annotations = data.resolve("annotations");
        return Files.isRegularFile(annotations.resolve("captions_" + name + ".json"))
                && Files.isRegularFile(annotations.resolve("questions_" + name + ".json"))
                && Files.isRegularFile(annotations.resolve("annotations_" + name + ".json"));
    }

    /** Decodes one picture. */
    Picture picture(String id) {
        Path file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("no picture " + id);
        }
        try {
            return PictureDecoder.decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError(file + ": expected a picture of split " + name + ": " + e.getMessage(), e);
        } catch (PictureException e) {
            throw new UserError(file + ": expected a picture of split " + name + ": " + e.reason(), e);
        }
    }

    /** Questions of each picture. */
    Map<String, List<VqaQuestion>> byPicture() {
        Map<String, List<VqaQuestion>> grouped = new HashMap<>();
        for (VqaQuestion question : questions) {
            grouped.computeIfAbsent(question.picture(), id -> new ArrayList<>()).add(question);
        }
        return grouped;
    }
}
