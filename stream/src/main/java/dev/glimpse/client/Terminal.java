package dev.glimpse.client;

/** Makes text that came from elsewhere fit for a terminal. */
final class Terminal {
    private Terminal() {}

    /** The text with control characters, which could steer the terminal, replaced by {@code ?}. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }
}
