package dev.glimpse.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One bundle on one engine.
 *
 * @param engine name and version
 * @param device processor or GPU
 * @param bundle its name
 * @param digest SHA-256 of its manifest
 * @param graphs by file name
 * @param pictures by batch size
 * @param rssMegabytes most memory of the process so far, in MiB
 * @param deviceMegabytes memory of the GPU that this engine and bundle took, in MiB; 0 on a processor
 */
record EngineReport(
        String engine,
        String device,
        String bundle,
        String precision,
        String digest,
        Map<String, Graph> graphs,
        List<Pictures> pictures,
        long rssMegabytes,
        long deviceMegabytes) {
    /**
     * One graph.
     *
     * @param bytes of the ONNX file
     * @param firstOpenMillis opening it the first time; on TensorRT that is compiling it, trying it and keeping it
     * @param openMillis opening it again
     * @param difference from the exporter's outputs, the largest over its golden runs, relative to 1 + the expected value;
     *     -1 without golden runs
     * @param latency by batch size
     */
    record Graph(
            long bytes, double firstOpenMillis, double openMillis, double difference, Map<Integer, Latency> latency) {}

    /**
     * Whole pictures, from letterbox to caption.
     *
     * @param latency of one batch
     */
    record Pictures(int batch, Latency latency, double captionsPerSecond) {}

    /** Largest difference of any graph. */
    double difference() {
        return graphs.values().stream().mapToDouble(Graph::difference).max().orElse(-1);
    }

    /** The line to paste into a report. */
    String summary() {
        Pictures alone = pictures.get(0);
        Pictures most = pictures.get(pictures.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s %s on %s: %.1f ms a picture alone (p99 %.1f), %.1f captions/s in batches of %d, largest difference %.1e,"
                        + " %d MiB%s, bundle %.12s",
                engine,
                precision,
                device,
                alone.latency().p50() / alone.batch(),
                alone.latency().p99() / alone.batch(),
                most.captionsPerSecond(),
                most.batch(),
                difference(),
                rssMegabytes,
                deviceMegabytes == 0 ? "" : " and " + deviceMegabytes + " MiB of the GPU",
                digest);
    }

    /** A table for people. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%-14s %10s %10s %8s %11s  %s%n",
                "graph",
                "bytes",
                "first open",
                "open",
                "difference",
                "ms p50 / p99 by batch"));
        graphs.forEach((name, graph) -> text.append(String.format(
                Locale.ROOT,
                "%-14s %,10d %7.0f ms %5.0f ms %11.1e  %s%n",
                name,
                graph.bytes(),
                graph.firstOpenMillis(),
                graph.openMillis(),
                graph.difference(),
                graph.latency().entrySet().stream()
                        .map(e -> String.format(
                                Locale.ROOT,
                                "%d: %.2f / %.2f",
                                e.getKey(),
                                e.getValue().p50(),
                                e.getValue().p99()))
                        .collect(Collectors.joining("   ")))));
        for (Pictures each : pictures) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-14s batch %2d: %.2f ms a picture (p99 %.2f), %.1f captions/s%n",
                    "whole pictures",
                    each.batch(),
                    each.latency().p50() / each.batch(),
                    each.latency().p99() / each.batch(),
                    each.captionsPerSecond()));
        }
        return text.append(summary()).append(System.lineSeparator()).toString();
    }
}
