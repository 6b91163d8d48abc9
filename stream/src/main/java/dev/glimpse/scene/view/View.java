package dev.glimpse.scene.view;

import dev.glimpse.scene.thing.Scene;
import java.util.List;

/**
 * What can be seen in one picture of a scene.
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param seen most salient first
 */
public record View(Scene scene, int width, int height, List<Seen> seen) {
    public View {
        seen = List.copyOf(seen);
    }
}
