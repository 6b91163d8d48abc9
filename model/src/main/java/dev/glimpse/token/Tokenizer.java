package dev.glimpse.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Text to word-piece ids and back, as a {@code tokenizer.json} says. Thread-safe; close it when done. */
public final class Tokenizer implements AutoCloseable {
    static {
        // The library would report its start to its makers over the network.
        System.setProperty("OPT_OUT_TRACKING", "true");
        // Where it finds CUDA it would download a build of its own for it, and fail without a network.
        System.setProperty("RUST_FLAVOR", "cpu");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final String[] pieces;
    private final int pad;
    private final int unknown;
    private final int cls;
    private final int sep;
    private final int mask;

    private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, Map<String, Integer> ids) {
        this.tokenizer = tokenizer;
        this.pieces = new String[ids.size()];
        Arrays.fill(pieces, "");
        ids.forEach((piece, id) -> {
            UserError.require(
                    id >= 0 && id < pieces.length && pieces[id].isEmpty(),
                    "%s: expected ids 0 to %d once each, found id %d of '%s'",
                    file,
                    pieces.length - 1,
                    id,
                    piece);
            pieces[id] = piece;
        });
        this.pad = special(file, ids, "[PAD]");
        this.unknown = special(file, ids, "[UNK]");
        this.cls = special(file, ids, "[CLS]");
        this.sep = special(file, ids, "[SEP]");
        this.mask = special(file, ids, "[MASK]");
    }

    /**
     * Loads a WordPiece tokenizer.
     *
     * @param file {@code tokenizer.json} in Hugging Face format with the special tokens of BERT
     * @throws UserError when the file is missing, malformed, or lacks a special token
     */
    public static Tokenizer load(Path file) {
        JsonNode vocabulary = Json.read(file, JsonNode.class).path("model").path("vocab");
        UserError.require(vocabulary.isObject(), "%s: expected a WordPiece model with a vocab", file);
        Map<String, Integer> ids = Json.mapper()
                .convertValue(
                        vocabulary,
                        Json.mapper().getTypeFactory().constructMapType(Map.class, String.class, Integer.class));
        try {
            Map<String, String> options = Map.of(
                    "addSpecialTokens", "false", "padding", "false", "truncation", "false", "modelMaxLength", "100000");
            return new Tokenizer(file, HuggingFaceTokenizer.newInstance(file, options), ids);
        } catch (IOException | RuntimeException e) {
            throw new UserError(file + ": cannot be used as a tokenizer: " + e.getMessage(), e);
        }
    }

    private static int special(Path file, Map<String, Integer> ids, String piece) {
        Integer id = ids.get(piece);
        if (id == null) {
            throw new UserError(file + ": has no " + piece + " in its vocabulary");
        }
        return id;
    }

    /** Word pieces of a text, without special tokens. */
    public int[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Text of word pieces; special tokens are left out. */
    public String decode(int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** The word piece of an id, with {@code ##} when it continues a word. */
    public String piece(int id) {
        return pieces[id];
    }

    /** Number of word pieces V. */
    public int vocabulary() {
        return pieces.length;
    }

    public int pad() {
        return pad;
    }

    public int unknown() {
        return unknown;
    }

    public int cls() {
        return cls;
    }

    public int sep() {
        return sep;
    }

    public int mask() {
        return mask;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
