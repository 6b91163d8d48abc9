package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Weather;
import java.awt.Color;
import java.awt.Graphics2D;

/** What lies between the camera and the things: dusk and night, fog, falling rain and snow. */
public final class Air {
    private Air() {}

    /** Tints a painted scene for its light; scene units. */
    public static void light(Graphics2D g, Scene scene) {
        Canvas c = new Canvas(g, new Dice(0));
        if (scene.light() == Light.DUSK) {
            c.band(Canvas.TOP, Canvas.BOTTOM, new Color(255, 150, 70, 46), new Color(90, 50, 120, 62));
        } else if (scene.light() == Light.NIGHT) {
            int alpha = scene.place() == Place.CITY ? 52 : scene.place() == Place.ROOM ? 78 : 112;
            c.band(Canvas.TOP, Canvas.BOTTOM, new Color(14, 20, 66, alpha), new Color(10, 14, 48, alpha));
        }
    }

    /** A round light of a lamp or window that shines at dusk and night; scene units. */
    public static void glow(Graphics2D g, double x, double y, double radius) {
        new Canvas(g, new Dice(0)).glow(x, y, radius, new Color(255, 226, 140, 150));
    }

    /** A soft shadow on the ground; scene units. */
    public static void shadow(Graphics2D g, double x, double y, double rx, double ry, double depth) {
        Canvas c = new Canvas(g, new Dice(0));
        for (int i = 4; i >= 1; i--) {
            double s = 0.64 + 0.12 * i;
            c.oval(x, y, rx * s, ry * s, new Color(20, 16, 40, (int) (26 * depth)));
        }
    }

    /** Fog, rain or snow at a time; scene units. */
    public static void weather(Graphics2D g, Scene scene, double seconds) {
        Canvas c = new Canvas(g, new Dice(Dice.mix(scene.seed(), 99)));
        Weather weather = scene.weather();
        if (weather == Weather.FOG) {
            c.band(Canvas.TOP, 130, new Color(222, 227, 232, 110), new Color(222, 227, 232, 104));
            c.band(130, Canvas.BOTTOM, new Color(222, 227, 232, 104), new Color(222, 227, 232, 16));
        } else if (weather == Weather.RAIN) {
            c.band(Canvas.TOP, Canvas.BOTTOM, new Color(60, 76, 100, 48), new Color(60, 76, 100, 48));
            for (int i = 0; i < 230; i++) {
                double speed = c.dice().between(260, 420);
                double y = fall(c.dice().between(0, 330), speed, seconds);
                double x = c.dice().between(Canvas.WEST, Canvas.EAST);
                c.line(x, y, x - 3, y + 11, 0.9, new Color(220, 232, 245, 135));
            }
        } else if (weather == Weather.SNOW) {
            for (int i = 0; i < 190; i++) {
                double y = fall(c.dice().between(0, 330), c.dice().between(24, 50), seconds);
                double x = c.dice().between(Canvas.WEST, Canvas.EAST) + 5 * Math.sin(seconds + i);
                double r = c.dice().between(0.8, 2.3);
                c.oval(x, y, r, r, new Color(255, 255, 255, 220));
            }
        }
    }

    private static double fall(double start, double speed, double seconds) {
        return Canvas.TOP + (start + speed * seconds) % (Canvas.BOTTOM - Canvas.TOP);
    }
}
