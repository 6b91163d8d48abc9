package dev.glimpse.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.glimpse.json.Json;
import java.util.regex.Pattern;

/** JSON in, the same JSON out with every absolute path, in values and names, cut to its last name. */
final class LocalPaths {
    private static final Pattern ABSOLUTE = Pattern.compile("(file:)?/.*|[A-Za-z]:\\\\.*");

    private LocalPaths() {}

    static JsonNode cut(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(cut(node.asText()));
        }
        if (node.isArray()) {
            ArrayNode array = Json.mapper().createArrayNode();
            node.forEach(element -> array.add(cut(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.mapper().createObjectNode();
            node.properties().forEach(field -> object.set(cut(field.getKey()), cut(field.getValue())));
            return object;
        }
        return node;
    }

    private static String cut(String text) {
        if (!ABSOLUTE.matcher(text).matches()) {
            return text;
        }
        String[] names = text.split("[/\\\\]+");
        return names.length == 0 ? "" : names[names.length - 1];
    }
}
