package dev.glimpse.scene.stage;

import dev.glimpse.scene.thing.Thing;

/**
 * Where and how a thing is at one moment.
 *
 * @param x middle of its feet, scene units
 * @param y height of its feet, scene units
 * @param scale size relative to a middling thing of its kind
 * @param left whether it looks to the left
 * @param phase of its gait, radians
 * @param lift how far above its shadow it is, scene units
 */
public record Pose(
        Thing thing, double x, double y, double scale, boolean left, double phase, double lift, Posture posture) {

    /** Width of the thing there, scene units. */
    public double width() {
        return thing.category().width() * scale;
    }

    /** Height of the thing there, scene units. */
    public double height() {
        return thing.category().height() * scale;
    }

    /** 1 when it looks to the right, -1 to the left. */
    public int side() {
        return left ? -1 : 1;
    }
}
