package dev.glimpse.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds a small uncased WordPiece vocabulary: the special tokens, single characters, then whole words by falling count. A
 * word that is not in it falls apart into its characters, so nothing is unknown but strange characters.
 */
public final class WordPieceVocabulary {
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,?!'-";
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+|[.,?!'-]");

    private WordPieceVocabulary() {}

    /**
     * Chooses the pieces.
     *
     * @param texts training texts
     * @param maxSize most pieces, at least the special tokens and characters
     * @param minCount words seen less often are left out
     * @return pieces in the order of their ids, the same for the same texts in any order
     */
    public static List<String> build(Iterable<String> texts, int maxSize, int minCount) {
        Set<String> pieces = new LinkedHashSet<>(SPECIAL);
        CHARACTERS.chars().forEach(c -> pieces.add(Character.toString(c)));
        CHARACTERS.chars().filter(Character::isLetterOrDigit).forEach(c -> pieces.add("##" + Character.toString(c)));
        UserError.require(
                maxSize >= pieces.size(),
                "a vocabulary needs at least %d pieces, %d were allowed",
                pieces.size(),
                maxSize);
        counts(texts).entrySet().stream()
                .filter(e -> e.getValue() >= minCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .filter(word -> !pieces.contains(word))
                .limit(maxSize - pieces.size())
                .toList()
                .forEach(pieces::add);
        return new ArrayList<>(pieces);
    }

    private static Map<String, Integer> counts(Iterable<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
            while (word.find()) {
                counts.merge(word.group(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * Writes a {@code tokenizer.json} in Hugging Face format.
     *
     * @param pieces word pieces in the order of their ids, with the special tokens of BERT among them
     */
    public static void write(Path file, List<String> pieces) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        for (String token : SPECIAL) {
            UserError.require(pieces.contains(token), "a WordPiece vocabulary needs %s", token);
            root.withArray("added_tokens")
                    .addObject()
                    .put("id", pieces.indexOf(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", true);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < pieces.size(); id++) {
            vocabulary.put(pieces.get(id), id);
        }
        Json.write(file, root);
    }
}
