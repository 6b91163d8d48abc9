package dev.glimpse.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a JSON value against one of our schemas. Knows exactly the keywords they use and fails on any other. */
final class SchemaCheck {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of(
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "maxItems",
            "enum",
            "const",
            "pattern",
            "format",
            "minLength",
            "maxLength",
            "minimum",
            "maximum");

    private final List<String> faults = new ArrayList<>();

    private SchemaCheck() {}

    /** What is wrong with the document, one line each; empty when it conforms. */
    static List<String> faults(EventType type, byte[] document) throws IOException {
        SchemaCheck check = new SchemaCheck();
        check.value("$", MAPPER.readTree(document), schema(type));
        return check.faults;
    }

    static JsonNode schema(EventType type) throws IOException {
        try (InputStream in = EventType.class.getResourceAsStream(type.schema())) {
            return MAPPER.readTree(Objects.requireNonNull(in, type.schema()));
        }
    }

    private void value(String at, JsonNode value, JsonNode schema) {
        schema.fieldNames().forEachRemaining(name -> require(KNOWN.contains(name), at, "unknown keyword " + name));
        require(isOfType(value, schema.path("type").asText("any")), at, "type is not " + schema.path("type"));
        require(!schema.has("const") || value.equals(schema.get("const")), at, "is not " + schema.path("const"));
        require(!schema.has("enum") || contains(schema.get("enum"), value), at, "is not in " + schema.path("enum"));
        if (value.isTextual()) {
            text(at, value.asText(), schema);
        } else if (value.isNumber()) {
            range(at, value.doubleValue(), schema, "minimum", "maximum");
        } else if (value.isArray()) {
            range(at, value.size(), schema, "minItems", "maxItems");
            for (int i = 0; i < value.size(); i++) {
                value(at + "[" + i + "]", value.get(i), schema.get("items"));
            }
        } else if (value.isObject()) {
            object(at, value, schema);
        }
    }

    private void object(String at, JsonNode value, JsonNode schema) {
        schema.path("required").forEach(name -> require(value.has(name.asText()), at, "lacks " + name));
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            require(!property.isMissingNode(), at, "has unknown " + field.getKey());
            if (!property.isMissingNode()) {
                value(at + "." + field.getKey(), field.getValue(), property);
            }
        });
    }

    private void text(String at, String text, JsonNode schema) {
        range(at, text.length(), schema, "minLength", "maxLength");
        require(
                !schema.has("pattern")
                        || Pattern.compile(schema.get("pattern").asText())
                                .matcher(text)
                                .find(),
                at,
                "does not match " + schema.path("pattern"));
        require(!schema.path("format").asText().equals("date-time") || isTime(text), at, "is no time");
    }

    private void range(String at, double number, JsonNode schema, String low, String high) {
        require(number >= schema.path(low).asDouble(Double.NEGATIVE_INFINITY), at, "is below " + low);
        require(number <= schema.path(high).asDouble(Double.POSITIVE_INFINITY), at, "is above " + high);
    }

    private void require(boolean holds, String at, String fault) {
        if (!holds) {
            faults.add(at + " " + fault);
        }
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "any" -> true;
            default -> false;
        };
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode entry : list) {
            if (entry.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
