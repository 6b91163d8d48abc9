package dev.glimpse.scene;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.scene.stage.SceneComposer;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.view.Sensor;
import dev.glimpse.scene.view.Shot;
import dev.glimpse.scene.view.Studio;

/**
 * A camera that looks into one scene after another and moves all the while. The same seed, size and rate give the same
 * frames. Not for use by several threads.
 */
public final class SceneCamera {
    private static final int MIN_SEEN = 2;
    private static final int MAX_SEEN = 6;

    private final long seed;
    private final int width;
    private final int height;
    private final double fps;
    private long number;
    private long scenes;
    private double began;
    private double lasts;
    private Studio studio;
    private Scene scene;

    /**
     * A camera at its first frame.
     *
     * @param width of a frame, pixels
     * @param height of a frame, pixels
     * @param fps frames a second of the scene's time, positive
     */
    public SceneCamera(long seed, int width, int height, double fps) {
        require(width >= 64 && height >= 48, "a camera needs at least 64 x 48 pixels, found %d x %d", width, height);
        require(fps > 0, "a camera needs a positive frame rate, found %s", fps);
        this.seed = seed;
        this.width = width;
        this.height = height;
        this.fps = fps;
        scene = nextScene();
        studio = new Studio(scene, width, height);
        lasts = duration();
    }

    /** The next frame. Takes some milliseconds, more when the scene changes. */
    public Frame next() {
        double now = number / fps;
        Shot shot = studio.shoot(now - began);
        boolean stale = now - began >= lasts;
        while (stale || shot.view().seen().isEmpty()) {
            scene = nextScene();
            studio = new Studio(scene, width, height);
            began = now;
            lasts = duration();
            shot = studio.shoot(0);
            stale = false;
        }
        byte[] jpeg = Sensor.of(scene).expose(shot.image(), Dice.mix(scene.seed(), 1000 + number));
        number++;
        return new Frame(jpeg, SceneTruth.of(shot.view()));
    }

    private double duration() {
        return new Dice(Dice.mix(scene.seed(), 66)).between(8, 15);
    }

    private Scene nextScene() {
        while (true) {
            Scene candidate = SceneComposer.compose(Dice.mix(seed, scenes++), false);
            int seen = new Studio(candidate, 160, 120).shoot(0).view().seen().size();
            if (seen >= MIN_SEEN && seen <= MAX_SEEN) {
                return candidate;
            }
        }
    }
}
