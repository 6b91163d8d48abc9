package dev.glimpse.pipeline;

/**
 * The model that a result comes from.
 *
 * @param digest SHA-256 of the bundle's manifest
 * @param engine name, version and precision of the engine
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 */
public record Model(String digest, String engine, String precision) {}
