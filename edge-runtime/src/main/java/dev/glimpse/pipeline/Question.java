package dev.glimpse.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * A question about what a camera sees.
 *
 * @param id request id
 * @param camera of which camera; may be empty when a frame is named
 * @param frame about which frame, while it is remembered; empty for the latest
 * @param text the question
 * @param deadline after this moment the asker has gone
 */
public record Question(String id, Optional<String> camera, Optional<String> frame, String text, Instant deadline) {}
