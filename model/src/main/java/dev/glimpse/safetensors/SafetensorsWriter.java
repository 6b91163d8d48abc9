package dev.glimpse.safetensors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Named tensors in, a safetensors file out. The same input gives the same bytes. */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 18;

    private SafetensorsWriter() {}

    /**
     * Writes a file, whole or not at all; tensors are stored in the order of their names.
     *
     * @throws UserError when the file cannot be written
     */
    public static void write(Path file, Map<String, String> metadata, Map<String, FloatTensor> tensors) {
        Map<String, FloatTensor> sorted = new TreeMap<>(tensors);
        byte[] header = header(metadata, sorted);
        try {
            AtomicFile.write(file, out -> {
                out.write(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .array());
                out.write(header);
                for (FloatTensor tensor : sorted.values()) {
                    write(out, tensor.data());
                }
            });
        } catch (IOException e) {
            throw new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
        }
    }

    private static byte[] header(Map<String, String> metadata, Map<String, FloatTensor> tensors) {
        ObjectNode header = Json.mapper().createObjectNode();
        ObjectNode meta = header.putObject("__metadata__");
        new TreeMap<>(metadata).forEach(meta::put);
        long offset = 0;
        for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            for (long dimension : entry.getValue().shape()) {
                node.withArray("shape").add(dimension);
            }
            node.withArray("shape");
            long end = offset + 4L * entry.getValue().data().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String json = header.toString();
        return (json + " ".repeat((8 - json.getBytes(StandardCharsets.UTF_8).length % 8) % 8))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(OutputStream out, float[] data) throws IOException {
        ByteBuffer buffer =
                ByteBuffer.allocate(4 * Math.min(CHUNK, data.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < data.length; start += CHUNK) {
            int count = Math.min(CHUNK, data.length - start);
            buffer.clear();
            buffer.asFloatBuffer().put(data, start, count);
            out.write(buffer.array(), 0, 4 * count);
        }
    }
}
