package dev.glimpse.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a bundle's {@code manifest.json}.
 *
 * @param formatVersion version of the bundle format, {@link #OLDEST_VERSION} to {@link #FORMAT_VERSION}
 * @param name name of the bundle, for people
 * @param kind what it does, {@link #KIND}
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param opset ONNX operator set of every graph
 * @param detector size of the detector
 * @param fusion size of the fusion transformer
 * @param layout token layout of the fusion transformer
 * @param temperatures correct the confidence of captions and answers; 1 in version 1, which does not have them
 * @param files every file of the bundle but the manifest itself, by its path relative to the bundle
 * @param graphs inputs and outputs of each graph by file name: {@code {"step.onnx": {"inputs": [...], "outputs": [...]}}}
 * @param provenance where it comes from: run, seed, commit, digests and metrics, as the trainer wrote them
 */
public record Manifest(
        int formatVersion,
        String name,
        String kind,
        String precision,
        int opset,
        DetectorSize detector,
        FusionSize fusion,
        TokenLayout layout,
        Temperatures temperatures,
        Map<String, FileEntry> files,
        Map<String, Graph> graphs,
        JsonNode provenance) {
    public static final int FORMAT_VERSION = 2;

    /** Oldest version that is still read: without certificate, temperatures and digest of the manifest. */
    public static final int OLDEST_VERSION = 1;

    /** What a bundle of this format does: captions and answers. */
    public static final String KIND = "captioner";

    /** Size in bytes and SHA-256 in lower-case hexadecimal of one file. */
    public record FileEntry(long size, String sha256) {}

    /** Names, element types and dimensions of a graph's inputs and outputs. */
    public record Graph(List<TensorContract> inputs, List<TensorContract> outputs) {}

    /**
     * One input or output.
     *
     * @param type {@code float}, {@code int64} or {@code uint8}
     * @param shape dimensions; -1 is the batch
     */
    public record TensorContract(String name, String type, List<Integer> shape) {}

    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files)); // sorted: equal manifests are equal bytes
        graphs = Collections.unmodifiableMap(new TreeMap<>(graphs));
    }
}
