package dev.glimpse.metric.caption;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way for a token to begin at a place. Of all rules that match there, the one that sees farthest wins, the earlier of
 * two that see equally far.
 *
 * @param pattern over shapes; a group {@code c} in a look-ahead is seen, and counts, but is no part of the token
 * @param context whether the pattern has such a group
 * @param form what the token looks like
 */
record PtbRule(Pattern pattern, boolean context, Form form) {
    /** How the text of a token becomes the token. */
    enum Form {
        /** As it stands. */
        PLAIN,
        /** Without soft hyphens; entities become their characters. */
        WORD,
        /** A contraction's ending, with a straight apostrophe. */
        ENDED,
        /** Blanks inside become no-break spaces, so that they do not separate tokens. */
        JOINED,
        /** As JOINED, and round brackets become -LRB- and -RRB-. */
        BRACKETED,
        /** Single characters with names of their own. */
        NAMED
    }

    static PtbRule of(String pattern, Form form) {
        return new PtbRule(Pattern.compile(pattern), pattern.contains("(?<c>"), form);
    }

    /** How far the matcher sees, including context. */
    int reach(Matcher matcher) {
        return context ? Math.max(matcher.end(), matcher.end("c")) : matcher.end();
    }
}
