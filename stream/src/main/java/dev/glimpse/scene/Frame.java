package dev.glimpse.scene;

/**
 * One picture of a camera.
 *
 * @param jpeg the encoded picture; not copied
 * @param truth what it shows
 */
@SuppressWarnings("ArrayRecordComponent") // an encoded picture, never compared
public record Frame(byte[] jpeg, SceneTruth truth) {}
