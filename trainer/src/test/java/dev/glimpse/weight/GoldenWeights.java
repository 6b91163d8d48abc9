package dev.glimpse.weight;

import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Networks of others with weights that a formula gives, so that only names, shapes and results are kept: the resources hold
 * the state dictionaries' names of timm 1.0.29 and torchvision 0.28.0 and what those networks computed from these weights and
 * this picture (PyTorch 2.13.0, CPU). {@code hf-bert.safetensors} is a random {@code BertForPreTraining} of transformers 5.18.0.
 */
public final class GoldenWeights {
    private GoldenWeights() {}

    /** A resource as a file. */
    public static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(GoldenWeights.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Values in [-1, 1) that follow from a name: the mixing of MurmurHash3 over CRC-32 of the name plus multiples. */
    public static float[] uniform(String name, int length) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int x = (int) crc.getValue() + i * 0x9E3779B1;
            x = (x ^ x >>> 16) * 0x85EBCA6B;
            x = (x ^ x >>> 13) * 0xC2B2AE35;
            x ^= x >>> 16;
            values[i] = (float) ((x & 0xFFFFFFFFL) / 2147483648.0 - 1);
        }
        return values;
    }

    /** Writes the network whose names a resource lists. */
    public static Path write(Path folder, String names) throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (String line : Files.readAllLines(resource(names))) {
            String[] fields = line.split(" ");
            long[] shape =
                    Arrays.stream(fields).skip(1).mapToLong(Long::parseLong).toArray();
            tensors.put(fields[0], tensor(fields[0], shape));
        }
        Path file = folder.resolve(names.replace(".txt", ".safetensors"));
        SafetensorsWriter.write(file, Map.of(), tensors);
        return file;
    }

    private static FloatTensor tensor(String name, long[] shape) {
        int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = uniform(name, length);
        double middle = 0;
        double reach;
        if (name.endsWith("running_var")) {
            middle = .05;
            reach = .02;
        } else if (name.endsWith("running_mean")) {
            reach = .1;
        } else if (shape.length == 1 && name.endsWith("weight")) {
            middle = .25;
            reach = .05;
        } else if (shape.length <= 1) {
            reach = .1;
        } else {
            reach = Math.sqrt(6.0 / (length / shape[0]));
        }
        for (int i = 0; i < length; i++) {
            values[i] = (float) (middle + reach * values[i]);
        }
        return new FloatTensor(shape, values);
    }

    /** A tensor of a resource. */
    public static FloatTensor expected(String file, String name) {
        try (SafetensorsReader reader = SafetensorsReader.open(resource(file))) {
            return reader.tensor(name);
        }
    }
}
