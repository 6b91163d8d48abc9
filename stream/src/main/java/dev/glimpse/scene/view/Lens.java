package dev.glimpse.scene.view;

import dev.glimpse.scene.stage.Pose;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Scene;
import java.awt.geom.AffineTransform;

/**
 * Where the camera looks at one moment.
 *
 * @param x middle of the picture, scene units
 * @param y middle of the picture, scene units
 * @param zoom 1 shows 320 scene units across
 */
record Lens(double x, double y, double zoom) {
    /** The lens at a time: it sways, breathes and follows the scene's first thing half way. */
    static Lens at(Scene scene, Pose subject, double seconds) {
        Dice dice = new Dice(Dice.mix(scene.seed(), 55));
        double pan = 9 * Math.sin(dice.between(0.2, 0.45) * seconds + dice.between(0, 6));
        double tilt = 6 * Math.sin(dice.between(0.15, 0.3) * seconds + dice.between(0, 6));
        double zoom = dice.between(1, 1.1) + 0.04 * Math.sin(dice.between(0.15, 0.3) * seconds + dice.between(0, 6));
        double follow = Math.max(-70, Math.min(70, 0.5 * (subject.x() - 160)));
        return new Lens(160 + pan + follow, 120 + tilt, zoom);
    }

    /** From scene units to pixels of a picture of this size. */
    AffineTransform toPixels(int width, int height) {
        double k = zoom * width / 320;
        AffineTransform transform = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        transform.scale(k, k);
        transform.translate(-x, -y);
        return transform;
    }
}
