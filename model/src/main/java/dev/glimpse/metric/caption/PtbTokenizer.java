package dev.glimpse.metric.caption;

import dev.glimpse.metric.caption.PtbRule.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Lines of English text in, the lower-case Penn Treebank tokens of each line out, as the tokenizer of the COCO caption
 * evaluation makes them. A line is read with the beginning of the next in view: "plan b." loses its full stop where the
 * next line begins a sentence.
 */
final class PtbTokenizer {
    private static final List<PtbRule> WORDS = PtbRules.ofWords();
    private static final List<PtbRule> MARKS = PtbRules.ofMarks();

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("(", "-lrb-"),
            Map.entry(")", "-rrb-"),
            Map.entry("[", "-lsb-"),
            Map.entry("]", "-rsb-"),
            Map.entry("{", "-lcb-"),
            Map.entry("}", "-rcb-"),
            Map.entry("\"", "''"),
            Map.entry("\u2026", "..."),
            Map.entry("\u0085", "..."),
            Map.entry("\u00BD", "1/2"),
            Map.entry("\u00BC", "1/4"),
            Map.entry("\u00BE", "3/4"),
            Map.entry("\u2153", "1/3"),
            Map.entry("\u2154", "2/3"),
            Map.entry("\u00A2", "cents"),
            Map.entry("\u00A3", "#"),
            Map.entry("\u0080", "$"),
            Map.entry("\u00A4", "$"),
            Map.entry("\u20A0", "$"),
            Map.entry("\u20AC", "$"),
            Map.entry("\u0096", "--"),
            Map.entry("\u0097", "--"),
            Map.entry("\u2013", "--"),
            Map.entry("\u2014", "--"),
            Map.entry("\u2015", "--"),
            Map.entry("\u00AD", "-"),
            Map.entry("&amp;", "&"),
            Map.entry("&lt;", "<"),
            Map.entry("&gt;", ">"),
            Map.entry("&quot;", "''"),
            Map.entry("&apos;", "'"),
            Map.entry("&mdash;", "--"),
            Map.entry("&md;", "--"),
            Map.entry("&ndash;", "--"));

    private final String text;
    private final String shape;
    private final Matcher[] words;
    private final Matcher[] marks;
    private final List<List<String>> lines = new ArrayList<>();
    private List<String> line = new ArrayList<>();
    private int position;

    private PtbTokenizer(String text) {
        this.text = text;
        this.shape = Characters.shape(text);
        this.words = matchers(WORDS);
        this.marks = matchers(MARKS);
    }

    private Matcher[] matchers(List<PtbRule> rules) {
        return rules.stream()
                .map(rule -> rule.pattern().matcher(shape).useTransparentBounds(true))
                .toArray(Matcher[]::new);
    }

    /** The tokens of each line. Lines end at a line feed only; see {@link Tokenisation} for other line breaks. */
    static List<List<String>> tokens(List<String> lines) {
        PtbTokenizer tokenizer = new PtbTokenizer(String.join("\n", lines));
        tokenizer.run();
        return tokenizer.lines;
    }

    private void run() {
        while (position < text.length()) {
            char c = shape.charAt(position);
            if (c == '\n') {
                lines.add(line);
                line = new ArrayList<>();
                position++;
            } else if (isBlank(c)) {
                position++;
            } else if (shape.startsWith("&nbsp;", position)) {
                position += 6;
            } else if (!plainWord()) {
                longest();
            }
        }
        lines.add(line);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00A0' || c == '\u2028' || c == '\u2029' || c == '\u3000';
    }

    /** Takes a word of ASCII letters that a blank follows, unless it is one of those that are cut in two. */
    private boolean plainWord() {
        int end = position;
        while (end < shape.length() && isAsciiLetter(shape.charAt(end))) {
            end++;
        }
        boolean plain = end > position && end < shape.length() && shape.charAt(end) == ' ';
        if (!plain) {
            return false;
        }
        String word = text.substring(position, end).toLowerCase(Locale.ENGLISH);
        if (PtbRules.CUT.contains(word)) {
            return false;
        }
        line.add(word);
        position = end;
        return true;
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void longest() {
        char first = shape.charAt(position);
        boolean word =
                isAsciiLetter(first) || (first >= '0' && first <= '9') || (first >= '\uE000' && first <= '\uE002');
        List<PtbRule> rules = word ? WORDS : MARKS;
        Matcher[] matchers = word ? words : marks;
        int reach = 0;
        int end = position + 1;
        Form form = Form.PLAIN;
        for (int i = 0; i < matchers.length; i++) {
            Matcher matcher = matchers[i].region(position, shape.length());
            if (matcher.lookingAt() && rules.get(i).reach(matcher) > reach) {
                reach = rules.get(i).reach(matcher);
                end = matcher.end();
                form = rules.get(i).form();
            }
        }
        if (reach > 0) {
            line.add(formed(text.substring(position, end), form).toLowerCase(Locale.ENGLISH));
        }
        position = end;
    }

    private static String formed(String token, Form form) {
        return switch (form) {
            case PLAIN -> token;
            case WORD -> word(token.replace("\u00AD", ""));
            case ENDED ->
                token.replace('\u2018', '`')
                        .replace('\u2019', '\'')
                        .replace('\u0092', '\'')
                        .replace("&apos;", "'");
            case JOINED -> token.replace(' ', '\u00A0');
            case BRACKETED -> token.replace(' ', '\u00A0').replace("(", "-lrb-").replace(")", "-rrb-");
            case NAMED -> named(token);
        };
    }

    private static String word(String token) {
        return token.isEmpty() ? "-" : token.replace("&amp;", "&");
    }

    private static String named(String token) {
        String name = NAMES.get(token.toLowerCase(Locale.ENGLISH));
        if (name != null) {
            return name;
        }
        if (token.length() > 1 && (token.startsWith(".") || token.startsWith("-"))) {
            return token.startsWith(".") ? "..." : "--";
        }
        StringBuilder quotes = new StringBuilder();
        for (char c : token.toCharArray()) {
            quotes.append(quote(c));
        }
        return quotes.toString();
    }

    private static String quote(char c) {
        return switch (c) {
            case '\u0091', '\u2018', '\u201B', '\u2039' -> "`";
            case '\u0092', '\u2019', '\u203A' -> "'";
            case '\u0093', '\u00AB', '\u201C' -> "``";
            case '\u0094', '\u00BB', '\u201D' -> "''";
            default -> String.valueOf(c);
        };
    }
}
