package dev.glimpse.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads short texts that others sent: strict UTF-8, limited in bytes, no control characters. */
final class Text {
    private Text() {}

    /**
     * Returns the text, which is not empty.
     *
     * @param name what the text is, for the message
     * @throws WireException with the given reason
     */
    static String read(byte[] bytes, int limit, String name, RejectionReason reason) throws WireException {
        if (bytes.length == 0 || bytes.length > limit) {
            throw new WireException(reason, name + " has 1 to " + limit + " bytes, found " + bytes.length);
        }
        String text = decode(bytes, name, reason);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new WireException(reason, name + " has control characters; send printable UTF-8");
        }
        return text;
    }

    private static String decode(byte[] bytes, String name, RejectionReason reason) throws WireException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException(reason, name + " is not UTF-8", e);
        }
    }
}
