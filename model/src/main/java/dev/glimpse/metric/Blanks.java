package dev.glimpse.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Splitting at white space exactly where the published programs, which are written in Python, split it. Java's own idea
 * of white space leaves out the no-break space, which the tokenizer puts inside fractions.
 */
public final class Blanks {
    private Blanks() {}

    /** True for a character that {@code str.split()} of Python 3 splits at. */
    public static boolean isBlank(char c) {
        return c == ' '
                || (c >= 0x09 && c <= 0x0D)
                || (c >= 0x1C && c <= 0x1F)
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** The runs of non-blank characters, in order; none for an empty or blank text. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || isBlank(text.charAt(i));
            if (blank && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** The text without blanks at either end. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
