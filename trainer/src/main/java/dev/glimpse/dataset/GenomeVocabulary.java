package dev.glimpse.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Names of classes or attributes, each with the other words for it.
 *
 * @param names one a class, in the order of the file
 * @param indices of a name by the name and by each of its other words
 */
record GenomeVocabulary(List<String> names, Map<String, Integer> indices) {
    /**
     * Reads a vocabulary.
     *
     * @param file a text file of one class a line, other words for it after commas, such as {@code objects_vocab.txt} of 1600
     *     classes of bottom-up attention (arXiv 1707.07998); or a JSON file that numbers names from 1, such as {@code
     *     VG-SGG-dicts-vgoi6-clipped.json} of VinVL
     * @param field the JSON file's object: {@code label_to_idx} or {@code attribute_to_idx}
     */
    static GenomeVocabulary read(Path file, String field) {
        List<String[]> lines = file.toString().endsWith(".json") ? json(file, field) : text(file);
        List<String> names = new ArrayList<>();
        Map<String, Integer> indices = new HashMap<>();
        for (String[] words : lines) {
            for (String word : words) {
                Integer before = indices.put(clean(word), names.size());
                UserError.require(
                        before == null || before == names.size(), "%s: '%s' stands for two classes", file, clean(word));
            }
            names.add(clean(words[0]));
        }
        UserError.require(!names.isEmpty(), "%s: expected names, one a line, found none", file);
        return new GenomeVocabulary(List.copyOf(names), Map.copyOf(indices));
    }

    Optional<Integer> index(String word) {
        return Optional.ofNullable(indices.get(word));
    }

    /** Lower case, no blanks around, no full stop at the end, as the makers of the vocabularies cleaned theirs. */
    static String clean(String word) {
        String text = word.strip().toLowerCase(Locale.ROOT);
        return text.endsWith(".") ? text.substring(0, text.length() - 1).strip() : text;
    }

    private static List<String[]> text(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new UserError(file + ": expected a vocabulary, it cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String[]> json(Path file, String field) {
        JsonNode numbers = Json.read(file, JsonNode.class).path(field);
        UserError.require(numbers.isObject(), "%s: expected an object '%s' of names and numbers", file, field);
        Map<Integer, String> ordered = new TreeMap<>();
        numbers.properties().forEach(e -> ordered.put(e.getValue().asInt(), e.getKey()));
        ordered.remove(0); // the background, where the file has it
        return ordered.values().stream().map(name -> new String[] {name}).toList();
    }
}
