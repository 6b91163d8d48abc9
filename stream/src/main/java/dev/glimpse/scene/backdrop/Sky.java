package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Weather;
import java.awt.Color;

/** Skies with sun or moon, stars and clouds. */
final class Sky {
    private Sky() {}

    static void paint(Canvas c, Scene scene, double horizon) {
        boolean grey = scene.weather() != Weather.CLEAR;
        switch (scene.light()) {
            case DAY ->
                c.band(
                        Canvas.TOP,
                        horizon + 10,
                        new Color(grey ? 0x8FA6B8 : 0x4FA3E3),
                        new Color(grey ? 0xD3DADF : 0xCDEBF7));
            case DUSK -> c.band(Canvas.TOP, horizon + 10, new Color(0x5A4A8F), new Color(0xFFAF6B));
            case NIGHT -> c.band(Canvas.TOP, horizon + 10, new Color(0x0F1738), new Color(0x34406F));
        }
        if (scene.weather() == Weather.CLEAR) {
            bodies(c, scene.light(), horizon);
        }
        if (scene.weather() != Weather.FOG) {
            int clouds = scene.weather() == Weather.CLEAR ? 3 : 9;
            for (int i = 0; i < clouds; i++) {
                cloud(c, scene, horizon);
            }
        }
    }

    private static void bodies(Canvas c, Light light, double horizon) {
        double x = c.dice().between(40, 280);
        switch (light) {
            case DAY -> {
                double y = c.dice().between(16, 40);
                c.glow(x, y, 60, new Color(255, 246, 190, 150));
                c.oval(x, y, 14, 14, new Color(0xFFF2A8));
            }
            case DUSK -> {
                c.glow(x, horizon - 12, 110, new Color(255, 214, 120, 190));
                c.oval(x, horizon - 12, 17, 17, new Color(0xFFE08A));
            }
            case NIGHT -> {
                for (int i = 0; i < 60; i++) {
                    double r = c.dice().between(0.4, 1.1);
                    c.oval(
                            c.dice().between(Canvas.WEST, Canvas.EAST),
                            c.dice().between(Canvas.TOP, horizon),
                            r,
                            r,
                            new Color(255, 255, 240, 190));
                }
                c.glow(x, 28, 44, new Color(220, 228, 255, 110));
                c.oval(x, 28, 12, 12, new Color(0xF3F1DC));
                c.oval(x - 4, 25, 3, 3, new Color(0xDAD7C0));
            }
        }
    }

    private static void cloud(Canvas c, Scene scene, double horizon) {
        int alpha = scene.light() == Light.NIGHT ? 60 : scene.weather() == Weather.CLEAR ? 200 : 170;
        int tone = scene.weather() == Weather.RAIN ? 150 : scene.light() == Light.DUSK ? 236 : 250;
        Color colour = scene.light() == Light.DUSK
                ? new Color(255, 196, 170, alpha)
                : new Color(tone, tone, Math.min(255, tone + 5), alpha);
        double x = c.dice().between(Canvas.WEST, Canvas.EAST);
        double y = c.dice().between(Canvas.TOP + 20, horizon * 0.62);
        double s = c.dice().between(0.6, 1.3);
        for (int i = -2; i <= 2; i++) {
            double r = s * (15 - 4 * Math.abs(i));
            c.oval(x + i * 15 * s, y - r * 0.3, r * 1.3, r * 0.8, colour);
        }
    }
}
