package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Required fields of JSON files that come from outside. */
final class Fields {
    private Fields() {}

    static JsonNode array(Path file, JsonNode node, String name) {
        JsonNode found = node.path(name);
        require(found.isArray(), "%s: expected a list '%s', found %s", file, name, found.getNodeType());
        return found;
    }

    static long number(Path file, JsonNode node, String name) {
        JsonNode found = node.path(name);
        require(found.isIntegralNumber(), "%s: expected a whole number '%s' in %s", file, name, shown(node));
        return found.asLong();
    }

    static String text(Path file, JsonNode node, String name) {
        JsonNode found = node.path(name);
        require(found.isTextual(), "%s: expected a text '%s' in %s", file, name, shown(node));
        return found.asText();
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }
}
