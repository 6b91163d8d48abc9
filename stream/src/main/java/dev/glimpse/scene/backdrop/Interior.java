package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Scene;
import java.awt.Color;

/** A room: papered wall, window, picture, boards and a rug. */
final class Interior {
    private Interior() {}

    static void room(Canvas c, Scene scene) {
        Color wall = c.dice()
                .pick(
                        new Color(0xE9D8C4),
                        new Color(0xCFDCD6),
                        new Color(0xD9D0E3),
                        new Color(0xF0DCC8),
                        new Color(0xC9D8E6));
        c.band(Canvas.TOP, 152, wall, shade(wall, 0.92));
        for (double x = Canvas.WEST; x < Canvas.EAST; x += 24) {
            c.rect(x, Canvas.TOP, 8, 192, new Color(255, 255, 255, 46));
        }
        window(c, scene.light(), c.dice().between(40, 230));
        picture(c, c.dice().between(-60, 20));
        picture(c, c.dice().between(270, 340));
        c.rect(Canvas.WEST, 146, 540, 7, new Color(0xF6F0E6));
        c.band(153, Canvas.BOTTOM, new Color(0xB98B5E), new Color(0x94683F));
        for (int row = 0; row < 7; row++) {
            double y = 153 + row * row * 2.6 + row * 6;
            c.line(Canvas.WEST, y, Canvas.EAST, y, 0.9, new Color(80, 50, 25, 110));
            for (double x = Canvas.WEST + row * 37 % 60; x < Canvas.EAST; x += 70 + row * 9) {
                c.line(x, y, x + (x - 160) * 0.03, y + 10 + row * 4, 0.9, new Color(80, 50, 25, 90));
            }
        }
        Color rug = c.dice().pick(new Color(0xB7576B), new Color(0x5B7FA6), new Color(0x7E9B63), new Color(0xC9975A));
        c.oval(160, 206, 126, 24, shade(rug, 0.86));
        c.oval(160, 205, 116, 20, rug);
        c.oval(160, 205, 92, 14, shade(rug, 1.14));
    }

    private static void window(Canvas c, Light light, double x) {
        c.rect(x - 4, 22, 78, 76, new Color(0xFBF7EE));
        Color pane =
                switch (light) {
                    case DAY -> new Color(0x9FD4F2);
                    case DUSK -> new Color(0xF7A56B);
                    case NIGHT -> new Color(0x1A2450);
                };
        c.rect(x, 26, 70, 68, pane);
        if (light == Light.NIGHT) {
            c.oval(x + 52, 40, 6, 6, new Color(0xF3F1DC));
        } else {
            c.oval(x + 20, 46, 13, 6, new Color(255, 255, 255, 150));
            c.oval(x + 30, 43, 11, 6, new Color(255, 255, 255, 150));
        }
        c.rect(x + 33, 26, 4, 68, new Color(0xFBF7EE));
        c.rect(x, 57, 70, 4, new Color(0xFBF7EE));
        c.rect(x - 8, 96, 86, 5, new Color(0xEFE7D8));
    }

    private static void picture(Canvas c, double x) {
        c.rect(x, 34, 44, 36, new Color(0x7A5638));
        c.rect(x + 3, 37, 38, 30, new Color(0xF4EBD9));
        c.poly(new Color(0x8FA98A), x + 3, 67, x + 16, 50, x + 26, 60, x + 33, 53, x + 41, 67);
    }

    private static Color shade(Color colour, double factor) {
        return new Color(
                (int) Math.min(255, colour.getRed() * factor), (int) Math.min(255, colour.getGreen() * factor), (int)
                        Math.min(255, colour.getBlue() * factor));
    }
}
