package dev.glimpse.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of a file to be scored, with the fields that must be there.
 *
 * @param file the file it is from
 * @param place where in it, such as {@code annotations[17]}
 * @param node the record
 */
public record Entry(Path file, String place, JsonNode node) {
    /** The entries of a list of this record. */
    public List<Entry> list(String field) {
        return elements(file, place.isEmpty() ? field : place + "." + field, required(field, "a list"));
    }

    /** Whether a field is there and not null. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    static List<Entry> elements(Path file, String place, JsonNode list) {
        UserError.require(list.isArray(), "%s: %s: expected a list, found %s.", file, place, kind(list));
        List<Entry> entries = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            entries.add(new Entry(file, place + "[" + i + "]", list.get(i)));
        }
        return entries;
    }

    /** A number or text that names something; 7, 7.0 and "7" name the same. */
    public String id(String field) {
        return idOf(required(field, "a number or text"), field);
    }

    private String idOf(JsonNode value, String field) {
        if (value.isIntegralNumber() || value.isTextual()) {
            return value.asText();
        }
        if (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0) {
            return value.decimalValue().toBigInteger().toString();
        }
        throw wrong(field, "a whole number or text", value);
    }

    /** A text, which may be empty. */
    public String text(String field) {
        JsonNode value = required(field, "text");
        if (!value.isTextual()) {
            throw wrong(field, "text", value);
        }
        return value.asText();
    }

    /** A finite number. */
    public double number(String field) {
        JsonNode value = required(field, "a number");
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(field, "a finite number", value);
        }
        return value.doubleValue();
    }

    /** A whole number. */
    public long whole(String field) {
        JsonNode value = required(field, "a whole number");
        if (!value.isNumber() || BigDecimal.valueOf(value.longValue()).compareTo(value.decimalValue()) != 0) {
            throw wrong(field, "a whole number", value);
        }
        return value.longValue();
    }

    /** Four finite numbers: left, top, width, height; width and height at least 0. */
    public double[] rectangle(String field) {
        JsonNode value = required(field, "[x, y, width, height]");
        double[] numbers = new double[4];
        boolean good = value.isArray() && value.size() == 4;
        for (int i = 0; good && i < 4; i++) {
            numbers[i] = value.get(i).doubleValue();
            good = value.get(i).isNumber() && Double.isFinite(numbers[i]) && (i < 2 || numbers[i] >= 0);
        }
        if (!good) {
            throw wrong(field, "[x, y, width, height] with sides of at least 0", value);
        }
        return numbers;
    }

    private JsonNode required(String field, String expected) {
        UserError.require(node.isObject(), "%s: %s: expected an object, found %s.", file, place, kind(node));
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new UserError(String.format(
                    "%s: %s: expected field \"%s\" with %s, found %s. The formats are described in docs/evaluation.md.",
                    file, place.isEmpty() ? "top level" : place, field, expected, value == null ? "none" : "null"));
        }
        return value;
    }

    /** An error that names this record. */
    public UserError wrong(String field, String expected, JsonNode found) {
        return new UserError(String.format(
                "%s: %s: field \"%s\": expected %s, found %s.", file, place, field, expected, shortened(found)));
    }

    /** An error that names this record. */
    public UserError error(String format, Object... arguments) {
        return new UserError(file + ": " + place + ": " + String.format(format, arguments));
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "nothing";
        };
    }
}
