package dev.glimpse.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A tree of values in, a record out; whatever does not fit is named by its path. */
final class RecordBinder {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    private final String file;
    private final Map<String, String> environment;

    RecordBinder(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    Object bind(JsonNode tree, Class<?> type) {
        return value(tree, type, "", false);
    }

    private Object value(JsonNode node, Type type, String path, boolean fromEnvironment) {
        if (node.isNull() || node.isMissingNode()) {
            throw wrong(path, "a value, it may not be empty", node);
        }
        if (type instanceof ParameterizedType generic) {
            if (isOptional(generic)) {
                return Optional.of(value(node, generic.getActualTypeArguments()[0], path, false));
            }
            return generic.getRawType() == List.class
                    ? list(node, generic.getActualTypeArguments()[0], path)
                    : map(node, generic.getActualTypeArguments()[1], path, fromEnvironment);
        }
        // A list's or map's elements are boxed types.
        Class<?> target = MethodType.methodType((Class<?>) type).unwrap().returnType();
        if (target.isRecord()) {
            return record(node, target, path);
        }
        if (fromEnvironment && node.isTextual()) {
            return substituted(node, target, path);
        }
        return scalar(node, target, path);
    }

    private Object scalar(JsonNode node, Class<?> target, String path) {
        if (target == String.class && node.isTextual()) {
            return node.textValue();
        } else if (target == boolean.class && node.isBoolean()) {
            return node.booleanValue();
        } else if (target == int.class && node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        } else if (target == long.class && node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        } else if (target == double.class && node.isNumber()) {
            return node.doubleValue();
        } else if (target == Path.class && node.isTextual()) {
            return Path.of(node.textValue());
        } else if (target.isEnum() && node.isTextual()) {
            return constant(node, target, path);
        }
        throw wrong(path, expected(target), node);
    }

    private Object substituted(JsonNode node, Class<?> target, String path) {
        Matcher variable = VARIABLE.matcher(node.textValue());
        StringBuilder text = new StringBuilder();
        while (variable.find()) {
            String value = environment.getOrDefault(variable.group(1), variable.group(2));
            if (value == null) {
                throw new UserError(at(path) + "environment variable " + variable.group(1)
                        + " is not set; set it, or write ${" + variable.group(1) + ":default}");
            }
            variable.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        variable.appendTail(text);
        if (target == int.class) {
            try {
                return Integer.parseInt(text.toString());
            } catch (NumberFormatException e) {
                throw wrong(path, expected(target), node);
            }
        }
        return target == Path.class ? Path.of(text.toString()) : text.toString();
    }

    private Object constant(JsonNode node, Class<?> target, String path) {
        String wanted = node.textValue().replace('-', '_');
        for (Object constant : target.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(wanted)) {
                return constant;
            }
        }
        throw wrong(path, expected(target), node);
    }

    private List<Object> list(JsonNode node, Type element, String path) {
        if (!node.isArray()) {
            throw wrong(path, "a list", node);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(value(node.get(i), element, path + "[" + i + "]", false));
        }
        return List.copyOf(values);
    }

    private Map<String, Object> map(JsonNode node, Type element, String path, boolean fromEnvironment) {
        if (!node.isObject()) {
            throw wrong(path, "a map", node);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> values.put(
                        entry.getKey(), value(entry.getValue(), element, join(path, entry.getKey()), fromEnvironment)));
        return values;
    }

    private Object record(JsonNode node, Class<?> type, String path) {
        if (!node.isObject()) {
            throw wrong(path, "a section with " + names(type), node);
        }
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(node, type, path);
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            JsonNode child = node.get(component.getName());
            String childPath = join(path, component.getName());
            if (child == null && isOptional(component.getGenericType())) {
                arguments[i] = Optional.empty();
            } else if (child == null) {
                throw new UserError(at(childPath) + "missing; every field is required");
            } else {
                arguments[i] = value(
                        child,
                        component.getGenericType(),
                        childPath,
                        component.isAnnotationPresent(FromEnvironment.class));
            }
        }
        return construct(type, components, arguments, path);
    }

    /** Whether a section may be left out; of single values that would be a default hidden in code. */
    private static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() == Optional.class
                && isSection(generic.getActualTypeArguments()[0]);
    }

    /** Whether something has fields of its own, so that leaving it out is a decision and no slip. */
    private static boolean isSection(Type type) {
        return type instanceof Class<?> section
                ? section.isRecord()
                : type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
    }

    private void refuseUnknown(JsonNode node, Class<?> type, String path) {
        Set<String> known = names(type);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new UserError(at(join(path, name)) + "unknown field; expected one of " + known);
            }
        });
    }

    private Object construct(Class<?> type, RecordComponent[] components, Object[] arguments, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserError error) {
                throw new UserError(at(path) + error.getMessage(), error);
            }
            throw new IllegalStateException("cannot construct " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + type.getName(), e);
        }
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String expected(Class<?> target) {
        if (target.isEnum()) {
            return "one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(c -> ((Enum<?>) c)
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'))
                            .toList();
        } else if (target == int.class || target == long.class) {
            return "a whole number";
        } else if (target == double.class) {
            return "a number";
        } else if (target == boolean.class) {
            return "true or false";
        } else if (target == String.class || target == Path.class) {
            return "text";
        }
        throw new IllegalStateException("settings cannot hold a " + target);
    }

    private UserError wrong(String path, String expected, JsonNode found) {
        String text = found.isMissingNode() ? "an empty file" : found.isNull() ? "nothing" : found.toString();
        return new UserError(at(path) + "expected " + expected + ", found " + text);
    }

    private String at(String path) {
        return path.isEmpty() ? file + ": " : file + ": " + path + ": ";
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
