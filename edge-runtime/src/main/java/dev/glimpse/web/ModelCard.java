package dev.glimpse.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Manifest;

/**
 * What is told about the model at work.
 *
 * @param name name of the bundle
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param bytes size of all its files
 * @param provenance run, seed, commit, digests and metrics, as the trainer wrote them
 */
public record ModelCard(String name, String precision, long bytes, JsonNode provenance) {
    public static ModelCard of(Manifest manifest) {
        long bytes = manifest.files().values().stream()
                .mapToLong(Manifest.FileEntry::size)
                .sum();
        return new ModelCard(manifest.name(), manifest.precision(), bytes, manifest.provenance());
    }
}
