package dev.glimpse.metric.vqa;

import dev.glimpse.metric.Blanks;
import dev.glimpse.metric.Table;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an answer is compared as: without punctuation and articles, number words as digits, contractions with their
 * apostrophe. Follows the evaluation program of the VQA challenge to the letter, its oddities included.
 */
public final class AnswerNormaliser {
    private static final String PUNCTUATION = ";/[]\"{}()=+\\_-><@`,?!";
    private static final Pattern COMMA_IN_NUMBER = Pattern.compile("\\p{Nd},\\p{Nd}");
    private static final Pattern FULL_STOP = Pattern.compile("\\.(?!\\p{Nd})");

    /** The challenge's program removes at most this many full stops: it passes a flag where a count belongs. */
    private static final int MOST_FULL_STOPS = 32;

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));
    private static final Map<String, String> CONTRACTIONS = contractions();

    private AnswerNormaliser() {}

    /** All three steps. */
    public static String normalise(String answer) {
        return words(punctuation(strip(answer)));
    }

    /** Line feeds and tabs become blanks; blanks at either end go. */
    static String strip(String answer) {
        return Blanks.strip(answer.replace('\n', ' ').replace('\t', ' '));
    }

    /**
     * A punctuation mark goes if one of its kind in the answer touches a blank, or if the answer holds a number with a
     * comma; otherwise it becomes a blank. A full stop goes unless a digit follows.
     */
    static String punctuation(String answer) {
        boolean number = COMMA_IN_NUMBER.matcher(answer).find();
        String text = answer;
        for (int i = 0; i < PUNCTUATION.length(); i++) {
            String mark = PUNCTUATION.substring(i, i + 1);
            boolean goes = number || answer.contains(mark + " ") || answer.contains(" " + mark);
            text = text.replace(mark, goes ? "" : " ");
        }
        return withoutFullStops(text);
    }

    private static String withoutFullStops(String text) {
        int[] removed = {0};
        return FULL_STOP.matcher(text).replaceAll(match -> removed[0]++ < MOST_FULL_STOPS ? "" : match.group());
    }

    /** Lower case, number words as digits, no articles, contractions with their apostrophe, single blanks. */
    static String words(String answer) {
        StringJoiner result = new StringJoiner(" ");
        for (String word : Blanks.split(answer.toLowerCase(Locale.ROOT))) {
            String digits = NUMBERS.getOrDefault(word, word);
            if (!ARTICLES.contains(digits)) {
                result.add(CONTRACTIONS.getOrDefault(digits, digits));
            }
        }
        return result.toString();
    }

    private static Map<String, String> contractions() {
        return Table.rows(AnswerNormaliser.class, "contractions.txt").stream()
                .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> row[1]));
    }
}
