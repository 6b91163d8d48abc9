package dev.glimpse.decoding;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.nio.file.Path;

/**
 * What is decoded: a fusion transformer and its tokens.
 *
 * @param layout with room for exactly the words that are decoded
 */
record DecodingSize(FusionSize fusion, TokenLayout layout) {
    /** Nothing here asks questions. */
    private static final int ANSWERS = 1;

    /**
     * The sizes in the settings of a training run; its captions are made as long as [CLS], the words and [SEP].
     *
     * @throws dev.glimpse.error.UserError when a size is missing or no whole number
     */
    static DecodingSize read(Path settings, int words) {
        JsonNode tree = StrictYaml.tree(settings);
        TokenLayout layout = new TokenLayout(
                words + 2,
                number(settings, tree, "fusion.layout.tags"),
                number(settings, tree, "fusion.layout.regions"),
                number(settings, tree, "fusion.layout.question"));
        FusionSize fusion = new FusionSize(
                number(settings, tree, "fusion.layers"),
                number(settings, tree, "fusion.width"),
                number(settings, tree, "fusion.heads"),
                number(settings, tree, "fusion.feedForward"),
                number(settings, tree, "text.vocabulary"),
                Math.max(layout.caption() + layout.tags(), layout.question()),
                number(settings, tree, "detector.network.feature"),
                ANSWERS);
        return new DecodingSize(fusion, layout);
    }

    private static int number(Path settings, JsonNode tree, String path) {
        JsonNode found = tree.at("/" + path.replace('.', '/'));
        require(
                found.isInt(),
                "%s: expected a whole number at %s, found %s. Name the settings of a training run, such as"
                        + " configs/tiny/student.yaml",
                settings,
                path,
                found.isMissingNode() ? "nothing" : found);
        return found.asInt();
    }
}
