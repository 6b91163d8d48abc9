package dev.glimpse.replay;

import dev.glimpse.wire.Position;
import java.time.Instant;
import java.util.Locale;

/**
 * One past frame: what became of it then, and what another bundle makes of it now.
 *
 * @param at where the frame stands
 * @param captured when it was taken
 * @param then what became of it
 * @param now what became of it now
 */
record Change(Position at, String camera, Instant captured, Said then, Said now) {
    /**
     * What became of a frame at one time.
     *
     * @param kind what happened
     * @param text the caption, or why there is none
     * @param confidence of the caption; 0 without one
     */
    record Said(Kind kind, String text, double confidence) {
        static Said nothing() {
            return new Said(Kind.UNKNOWN, "no outcome was found", 0);
        }

        private String line() {
            return kind == Kind.CAPTION
                    ? String.format(Locale.ROOT, "%s  (%.2f)", text, confidence)
                    : "[" + kind.name().toLowerCase(Locale.ROOT) + ": " + text + "]";
        }
    }

    /** What can become of a frame. */
    enum Kind {
        CAPTION,
        SKIPPED,
        REJECTED,
        UNKNOWN
    }

    boolean same() {
        return then.kind() == now.kind() && then.text().equals(now.text());
    }

    boolean bothCaptioned() {
        return then.kind() == Kind.CAPTION && now.kind() == Kind.CAPTION;
    }

    /** Three lines in the manner of {@code diff}, or two when nothing changed. */
    String text() {
        String head = at + "  " + camera + "  " + captured + "\n";
        return same() ? head + "    " + now.line() : head + "  - " + then.line() + "\n  + " + now.line();
    }
}
