package dev.glimpse.weight;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A safetensors file with the names of others in, one with ours out. */
final class WeightImport {
    /** What {@code glimpse.kind} of the written file says. */
    static final String KIND = "imported-weights";

    /** Added to a variance by the batch norms of torchvision and timm. */
    private static final float THEIR_EPSILON = 1e-5f;
    /** Added by those of the student's detector (docs/networks.md). */
    private static final float OUR_EPSILON = 1e-3f;

    private WeightImport() {}

    /**
     * What an import did.
     *
     * @param tensors under our names
     * @param ignored names of theirs that were left alone on purpose
     */
    record Result(Map<String, FloatTensor> tensors, List<String> ignored) {
        long numbers() {
            return tensors.values().stream().mapToLong(t -> t.data().length).sum();
        }
    }

    /**
     * Reads and renames.
     *
     * @throws UserError that lists every tensor that the table does not know, or that two names of theirs give
     */
    static Result read(Path file, WeightFormat format) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (String theirs : reader.names()) {
                if (format.ignores(theirs)) {
                    ignored.add(theirs);
                    untied(reader, theirs).ifPresent(faults::add);
                } else {
                    read(reader, theirs, format, tensors, faults);
                }
            }
        }
        require(
                faults.isEmpty() && !tensors.isEmpty(),
                "%s: not the weights that --format %s means: %s",
                file,
                format,
                faults.isEmpty() ? "no tensor has a name that is known" : String.join("; ", faults));
        if (format.normsDiffer()) {
            scaleNorms(tensors);
        }
        return new Result(tensors, ignored);
    }

    /** The word head is the word table here. Files repeat the table under the head's name; if it differs, it was not tied. */
    private static Optional<String> untied(SafetensorsReader reader, String name) {
        if (!name.equals("cls.predictions.decoder.weight")) {
            return Optional.empty();
        }
        Optional<String> table = reader.names().stream()
                .filter(n -> n.endsWith("embeddings.word_embeddings.weight"))
                .findFirst();
        boolean tied = table.isPresent() && Arrays.equals(reader.floats(name), reader.floats(table.get()));
        return tied ? Optional.empty() : Optional.of(name + " is not the word table: the head was not tied to it");
    }

    private static void read(
            SafetensorsReader reader,
            String theirs,
            WeightFormat format,
            Map<String, FloatTensor> tensors,
            List<String> faults) {
        for (WeightRule rule : format.rules()) {
            String ours = rule.translate(theirs).orElse("");
            if (!ours.isEmpty()) {
                try {
                    if (tensors.put(ours, rule.change().apply(theirs, reader.tensor(theirs))) != null) {
                        faults.add(theirs + " is " + ours + ", which another tensor is already");
                    }
                } catch (UserError e) {
                    faults.add(String.valueOf(e.getMessage()));
                }
                return;
            }
        }
        faults.add(theirs + " " + Arrays.toString(reader.shape(theirs)) + " is not in the table");
    }

    /**
     * Batch norms of the student's detector add 1e-3 to the variance, theirs 1e-5: with the scale times sqrt((v + 1e-3) / (v + 1e-5)) both give the
     * same result with running statistics.
     */
    private static void scaleNorms(Map<String, FloatTensor> tensors) {
        tensors.replaceAll((name, tensor) -> {
            FloatTensor variance =
                    name.endsWith(".weight") ? tensors.get(name.replaceFirst("weight$", "variance")) : null;
            if (variance == null) {
                return tensor;
            }
            float[] scaled = tensor.data().clone();
            for (int i = 0; i < scaled.length; i++) {
                float v = variance.data()[i];
                scaled[i] *= (float) Math.sqrt((v + OUR_EPSILON) / (v + THEIR_EPSILON));
            }
            return new FloatTensor(tensor.shape(), scaled);
        });
    }

    static void write(Path out, Path source, WeightFormat format, Result result) {
        SafetensorsWriter.write(
                out,
                Map.of(
                        "glimpse.kind",
                        KIND,
                        "format",
                        format.toString(),
                        "source",
                        source.getFileName().toString()),
                result.tensors);
    }
}
