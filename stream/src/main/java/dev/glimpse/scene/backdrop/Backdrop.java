package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Scene;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Paints the place of a scene, without its things. */
public final class Backdrop {
    private Backdrop() {}

    /** What is painted, scene units: the picture is 320 x 240 of it. */
    public static Rectangle2D extent() {
        return new Rectangle2D.Double(Canvas.WEST, Canvas.TOP, Canvas.EAST - Canvas.WEST, Canvas.BOTTOM - Canvas.TOP);
    }

    /** Paints on graphics in scene units; the same scene gives the same paint. */
    public static void paint(Graphics2D g, Scene scene) {
        Canvas c = new Canvas(g, new Dice(Dice.mix(scene.seed(), 77)));
        double horizon = scene.place().horizon();
        if (scene.place() != Place.ROOM) {
            Sky.paint(c, scene, horizon);
        }
        switch (scene.place()) {
            case STREET -> Town.street(c);
            case CITY -> Town.city(c);
            case BEACH -> Shore.beach(c);
            case HARBOUR -> Shore.harbour(c);
            case FIELD -> Country.field(c);
            case MOUNTAIN -> Country.mountain(c);
            case ROOM -> Interior.room(c, scene);
        }
    }
}
