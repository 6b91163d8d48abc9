package dev.glimpse.pipeline;

import dev.glimpse.captioner.Sight;

/**
 * A remembered look at one frame, without its pixels.
 *
 * @param width width of the upright picture in pixels
 * @param height its height in pixels
 * @param model who looked
 */
public record Seen(String camera, String frame, Sight sight, int width, int height, Model model) {}
