package dev.glimpse.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Manifest;
import java.util.Optional;

/**
 * What is told about the model at work.
 *
 * @param name name of the bundle
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param bytes size of all its files
 * @param provenance run, seed, commit, digests and metrics, as the trainer wrote them
 * @param certificate what was measured when the bundle was exported
 */
public record ModelCard(
        String name, String precision, long bytes, JsonNode provenance, Optional<Certificate> certificate) {
    /** Nothing is known of the model yet. */
    public static final ModelCard NONE = new ModelCard("", "fp32", 0, JsonNodeFactory.instance.objectNode());

    /** A model of which nothing was measured. */
    public ModelCard(String name, String precision, long bytes, JsonNode provenance) {
        this(name, precision, bytes, provenance, Optional.empty());
    }

    public static ModelCard of(Bundle.About about) {
        Manifest manifest = about.manifest();
        long bytes = manifest.files().values().stream()
                .mapToLong(Manifest.FileEntry::size)
                .sum();
        return new ModelCard(manifest.name(), manifest.precision(), bytes, manifest.provenance(), about.certificate());
    }
}
