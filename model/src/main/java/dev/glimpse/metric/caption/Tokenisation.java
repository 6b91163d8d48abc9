package dev.glimpse.metric.caption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How raw captions become tokens separated by single blanks. */
public enum Tokenisation {
    /** Penn Treebank tokens in lower case, without the punctuation that the COCO caption evaluation removes. */
    PTB {
        @Override
        public String tokens(String caption) {
            return PtbTokenizer.tokens(caption.replace('\n', ' ')).stream()
                    .map(PtbTokenizer::lowerCase)
                    .filter(token -> !PUNCTUATION.contains(token))
                    .collect(Collectors.joining(" "));
        }
    },
    /** The captions are tokens already. */
    NONE {
        @Override
        public String tokens(String caption) {
            return caption;
        }
    };

    /** Compared after lower-casing, so that brackets, which become {@code -lrb-} and the like, stay. */
    private static final Set<String> PUNCTUATION =
            Set.of("''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    /** The tokens of one caption, separated by single blanks; empty when it has none. */
    public abstract String tokens(String caption);

    /** The tokens of every caption of every picture. */
    public Map<String, List<String>> all(Map<String, List<String>> captions) {
        Map<String, List<String>> result = new LinkedHashMap<>();
        captions.forEach(
                (id, list) -> result.put(id, list.stream().map(this::tokens).toList()));
        return result;
    }

    /** The tokens of each picture's one caption. */
    public Map<String, String> each(Map<String, String> captions) {
        Map<String, String> result = new LinkedHashMap<>();
        captions.forEach((id, caption) -> result.put(id, tokens(caption)));
        return result;
    }
}
