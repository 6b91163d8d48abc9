package dev.glimpse.scene.view;

import dev.glimpse.box.Box;
import dev.glimpse.scene.stage.Pose;
import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Thing;

/**
 * A thing that can be seen in a picture.
 *
 * @param box smallest box about its visible pixels, in pixels
 * @param area visible pixels
 * @param share visible pixels over all its pixels, in (0, 1]
 * @param salience how much it draws the eye: visible share of the picture, more in its middle
 */
public record Seen(Pose pose, Box box, int area, double share, double salience) {
    public Thing thing() {
        return pose.thing();
    }

    public Category category() {
        return pose.thing().category();
    }

    /** Middle of the box along x, pixels. */
    public double middle() {
        return (box.x1() + box.x2()) / 2;
    }
}
