package dev.glimpse.metric.caption;

import dev.glimpse.metric.Table;
import java.util.Arrays;

/**
 * What kind of character each one is to the tokenizer: text in, its shape out, where every letter beyond ASCII reads
 * {@link #LETTER}, every digit {@link #DIGIT} and so on, so that rules can be written in few characters.
 */
final class Characters {
    static final char LETTER = '\uE000';
    static final char MARK = '\uE001';
    static final char DIGIT = '\uE002';
    static final char SYMBOL = '\uE003';

    /** Dropped, as if a blank stood there. */
    static final char UNKNOWN = '\uE004';

    /** Characters beyond ASCII that rules name one by one. */
    private static final String NAMED = "\u0080\u0091\u0092\u0093\u0094\u0096\u0097\u00A0\u00A2\u00A3\u00A4\u00AB\u00AD"
            + "\u00BB\u00BC\u00BD\u00BE\u058A\u066B\u066C\u0085\u2010\u2011\u2013\u2014\u2015\u2018\u2019\u201A\u201B"
            + "\u201C\u201D\u201E\u201F\u2026\u2039\u203A\u2044\u20A0\u20AC\u2153\u2154\u3000"
            + "\u00B2\u00B3\u00B9\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
            + "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089";

    private static final char[] SHAPES = shapes();

    private Characters() {}

    /** The shape of a text: as long as the text, one character for each. */
    static String shape(String text) {
        char[] shape = new char[text.length()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = SHAPES[text.charAt(i)];
        }
        return new String(shape);
    }

    private static char[] shapes() {
        char[] shapes = new char[Character.MAX_VALUE + 1];
        Arrays.fill(shapes, UNKNOWN);
        for (char c = ' '; c < 0x7F; c++) {
            shapes[c] = c;
        }
        for (String[] row : Table.rows(Characters.class, "characters.txt")) {
            char kind = kind(row[0]);
            for (int i = 1; i < row.length; i++) {
                String[] range = row[i].split("-", 2);
                int first = Integer.parseInt(range[0], 16);
                int last = Integer.parseInt(range[range.length - 1], 16);
                Arrays.fill(shapes, first, last + 1, kind);
            }
        }
        for (char c : (NAMED + "\t\n\u000B\f\r\u2028\u2029").toCharArray()) {
            shapes[c] = c;
        }
        for (char c = '\u2000'; c <= '\u200A'; c++) {
            shapes[c] = ' ';
        }
        return shapes;
    }

    private static char kind(String name) {
        return switch (name) {
            case "letter" -> LETTER;
            case "mark" -> MARK;
            case "digit" -> DIGIT;
            default -> SYMBOL;
        };
    }
}
