package dev.glimpse.metric.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of English text in, Penn Treebank tokens out. */
final class PtbTokenizer {
    private static final Pattern TOKEN =
            Pattern.compile("(?i)n't|'(?:s|m|d|ll|re|ve)\\b|\\p{L}+?(?=n't\\b)|(?:\\p{L}\\.){2,}|www\\.[\\w.]+\\w|@\\w+"
                    + "|\\d+(?:[.,:]\\d+)*|[\\p{L}\\p{M}\\d]+(?:[-/&][\\p{L}\\p{M}\\d]+)*|\\.{3}|--|\\S");

    private PtbTokenizer() {}

    static List<String> tokens(String line) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(line);
        while (matcher.find()) {
            tokens.add(bracket(matcher.group()));
        }
        return tokens;
    }

    private static String bracket(String token) {
        return switch (token) {
            case "(" -> "-LRB-";
            case ")" -> "-RRB-";
            case "[" -> "-LSB-";
            case "]" -> "-RSB-";
            case "{" -> "-LCB-";
            case "}" -> "-RCB-";
            case "\"" -> "''";
            default -> token;
        };
    }

    static String lowerCase(String token) {
        return token.toLowerCase(Locale.ENGLISH);
    }
}
