package dev.glimpse.safetensors;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a safetensors file of F32, F16 or BF16 tensors. Every length and offset is checked against the file's size before
 * it is used, and tensors are read one at a time.
 */
public final class SafetensorsReader implements AutoCloseable {
    private static final long LARGEST_HEADER = 100L << 20;

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, String> metadata;
    private final Map<String, Entry> entries;

    private record Entry(String type, long[] shape, long start, int elements) {}

    private SafetensorsReader(
            Path file, FileChannel channel, long dataStart, Map<String, String> metadata, Map<String, Entry> entries) {
        this.file = file;
        this.channel = channel;
        this.dataStart = dataStart;
        this.metadata = metadata;
        this.entries = entries;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws UserError when it is missing or not a well-formed safetensors file
     */
    public static SafetensorsReader open(Path file) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UserError(file + ": expected a safetensors file, it cannot be opened: " + e.getMessage(), e);
        }
        try {
            return read(file, channel);
        } catch (IOException e) {
            close(channel);
            throw new UserError(file + ": not a safetensors file: " + e.getMessage(), e);
        } catch (UserError e) {
            close(channel);
            throw e;
        }
    }

    private static SafetensorsReader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        require(size >= 8, "%s: expected a safetensors file, found %d bytes", file, size);
        long length = bytes(channel, 0, 8).getLong();
        require(
                length > 0 && length <= LARGEST_HEADER && length <= size - 8,
                "%s: header length %d does not fit a file of %d bytes",
                file,
                length,
                size);
        JsonNode header = Json.mapper().readTree(bytes(channel, 8, (int) length).array());
        require(header.isObject(), "%s: expected a JSON object as header", file);
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), size - 8 - length));
            }
        }
        return new SafetensorsReader(file, channel, 8 + length, metadata, entries);
    }

    private static Entry entry(Path file, String name, JsonNode node, long dataSize) {
        String type = node.path("dtype").asText();
        require(
                type.equals("F32") || type.equals("F16") || type.equals("BF16") || type.equals("I64"),
                "%s: %s: expected dtype F32, F16, BF16 or I64, found '%s'",
                file,
                name,
                type);
        JsonNode dimensions = node.path("shape");
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i).asLong(-1);
            require(shape[i] >= 0, "%s: %s: bad shape %s", file, name, dimensions);
        }
        long start = node.path("data_offsets").path(0).asLong(-1);
        long end = node.path("data_offsets").path(1).asLong(-1);
        require(
                start >= 0 && end >= start && end <= dataSize,
                "%s: %s: offsets %d to %d do not fit %d bytes of data",
                file,
                name,
                start,
                end,
                dataSize);
        try {
            long elements = FloatTensor.elements(shape);
            require(
                    Math.multiplyExact(elements, (long) width(type)) == end - start
                            && elements <= Integer.MAX_VALUE - 16,
                    "%s: %s: shape %s of %s does not take %d bytes",
                    file,
                    name,
                    dimensions,
                    type,
                    end - start);
            return new Entry(type, shape, start, (int) elements);
        } catch (ArithmeticException e) {
            throw new UserError(file + ": " + name + ": shape " + dimensions + " is too large", e);
        }
    }

    /** Free text about the file; empty when it has none. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * One metadata value.
     *
     * @throws UserError when the file does not have it
     */
    public String metadata(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new UserError(file + ": has no metadata '" + key + "'; is it a checkpoint of Glimpse?");
        }
        return value;
    }

    /** Names of the tensors, in the file's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** Shape of a tensor. */
    public long[] shape(String name) {
        return find(name).shape.clone();
    }

    /** Elements of a tensor as floats, row-major. */
    public float[] floats(String name) {
        Entry entry = find(name);
        try {
            ByteBuffer data = bytes(channel, dataStart + entry.start, entry.elements * width(entry.type));
            return convert(data, entry);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + name, e);
        }
    }

    /** A tensor with its shape. */
    public FloatTensor tensor(String name) {
        return new FloatTensor(shape(name), floats(name));
    }

    @Override
    public void close() {
        close(channel);
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new UserError(file + ": has no tensor '" + name + "'; it has " + entries.keySet());
        }
        return entry;
    }

    private static int width(String type) {
        return switch (type) {
            case "F32" -> 4;
            case "I64" -> 8;
            default -> 2;
        };
    }

    private static float[] convert(ByteBuffer data, Entry entry) {
        float[] floats = new float[entry.elements];
        switch (entry.type) {
            case "F32" -> data.asFloatBuffer().get(floats);
            case "I64" -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = data.getLong(8 * i);
                }
            }
            case "BF16" -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = Float.intBitsToFloat(data.getShort(2 * i) << 16);
                }
            }
            default -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = half(data.getShort(2 * i));
                }
            }
        }
        return floats;
    }

    /** IEEE 754 binary16 to float. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        int biased = exponent == 31 ? 255 : exponent + 112;
        return Float.intBitsToFloat(sign | biased << 23 | fraction << 13);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ends too early");
            }
        }
        return buffer.flip();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
