package dev.glimpse.metric.caption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How raw captions become tokens separated by single blanks. */
public enum Tokenisation {
    /** Penn Treebank tokens in lower case, without the punctuation that the COCO caption evaluation removes. */
    PTB {
        @Override
        public List<String> tokens(List<String> captions) {
            List<String> lines = captions.stream()
                    .map(caption -> LINE_BREAK.matcher(caption).replaceAll(" "))
                    .toList();
            return PtbTokenizer.tokens(lines).stream()
                    .map(line -> line.stream()
                            .filter(token -> !PUNCTUATION.contains(token))
                            .collect(Collectors.joining(" ")))
                    .toList();
        }
    },
    /** The captions are tokens already. */
    NONE {
        @Override
        public List<String> tokens(List<String> captions) {
            return captions;
        }
    };

    /** Brackets are not among them: in lower case they are {@code -lrb-} and the like, and stay. */
    private static final Set<String> PUNCTUATION =
            Set.of("''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    private static final Pattern LINE_BREAK = Pattern.compile("[\n\u000B\f\r\u2028\u2029]");

    /**
     * The tokens of each caption, separated by single blanks; empty where a caption has none. Line breaks in a caption
     * are blanks. The captions are read as one text, a line each, so that their order matters a little: a full stop after
     * a single letter, or after "no", belongs to it or not depending on what the next caption begins with.
     */
    public abstract List<String> tokens(List<String> captions);

    /** The tokens of every caption of every picture. */
    public Map<String, List<String>> all(Map<String, List<String>> captions) {
        List<String> tokens =
                tokens(captions.values().stream().flatMap(List::stream).toList());
        Map<String, List<String>> result = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<String, List<String>> picture : captions.entrySet()) {
            int end = next + picture.getValue().size();
            result.put(picture.getKey(), List.copyOf(tokens.subList(next, end)));
            next = end;
        }
        return result;
    }

    /** The tokens of each picture's one caption. */
    public Map<String, String> each(Map<String, String> captions) {
        List<String> tokens = tokens(List.copyOf(captions.values()));
        Map<String, String> result = new LinkedHashMap<>();
        int next = 0;
        for (String id : captions.keySet()) {
            result.put(id, tokens.get(next++));
        }
        return result;
    }
}
