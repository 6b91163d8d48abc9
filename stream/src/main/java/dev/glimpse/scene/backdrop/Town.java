package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Dice;
import java.awt.Color;

/** A street with a row of houses, and a city at night. */
final class Town {
    private static final Color[] WALLS = {
        new Color(0xD9B59A), new Color(0xB9C4B2), new Color(0xC7AFC0), new Color(0xE0CFA4), new Color(0xA9BBCB)
    };

    private Town() {}

    static void street(Canvas c) {
        Dice dice = c.dice();
        double x = Canvas.WEST;
        while (x < Canvas.EAST) {
            double w = dice.between(46, 78);
            house(c, x, w, dice.between(56, 98), dice.pick(WALLS));
            x += w;
        }
        c.band(136, 154, new Color(0xC9C3B8), new Color(0xB4AEA5));
        for (double s = Canvas.WEST; s < Canvas.EAST; s += 22) {
            c.line(s, 137, s - 8, 153, 0.8, new Color(0x9B958C));
        }
        c.rect(Canvas.WEST, 153, 540, 4, new Color(0x8D8982));
        c.band(157, Canvas.BOTTOM, new Color(0x6E6F78), new Color(0x55565F));
        c.strew(160, 160, Canvas.BOTTOM, 1.2, new Color(255, 255, 255, 26));
        for (double s = Canvas.WEST; s < Canvas.EAST; s += 62) {
            c.poly(new Color(0xE8E2C8), s, 194, s + 32, 194, s + 29, 199, s - 4, 199);
        }
    }

    private static void house(Canvas c, double x, double w, double h, Color wall) {
        double top = 138 - h;
        c.rect(x, top, w, h, wall);
        c.rect(x, top - 4, w, 6, wall.darker());
        c.rect(x, top, 1.5, h, new Color(0, 0, 0, 50));
        int columns = (int) (w / 20);
        double gap = w / columns;
        boolean lit = c.dice().chance(0.3);
        for (double y = top + 10; y < 116; y += 24) {
            for (int i = 0; i < columns; i++) {
                double left = x + gap * (i + 0.5) - 5;
                c.rect(left - 1, y - 1, 12, 16, new Color(0xF3EDE0));
                c.rect(left, y, 10, 14, lit && c.dice().chance(0.5) ? new Color(0xFFE08A) : new Color(0x7C93A8));
            }
        }
        c.rect(x + w / 2 - 6, 118, 12, 19, new Color(0x6B4A3A));
    }

    static void city(Canvas c) {
        Dice dice = c.dice();
        for (int layer = 0; layer < 2; layer++) {
            double x = Canvas.WEST;
            while (x < Canvas.EAST) {
                double w = dice.between(24, 46);
                double h = dice.between(40, 100) - 14 * layer;
                Color wall = new Color(layer == 0 ? 0x2A3158 : 0x1C2140);
                c.rect(x, 142 - h, w, h, wall);
                windows(c, x, 142 - h, w, layer == 0 ? 0.28 : 0.45);
                x += w + dice.between(0, 8);
            }
        }
        c.band(139, 160, new Color(0x5A5C74), new Color(0x4C4E66));
        c.rect(Canvas.WEST, 158, 540, 3, new Color(0x76788C));
        c.band(161, Canvas.BOTTOM, new Color(0x44465E), new Color(0x33354B));
        for (double s = Canvas.WEST + dice.between(0, 40); s < Canvas.EAST; s += 96) {
            lantern(c, s);
        }
        for (double s = Canvas.WEST; s < Canvas.EAST; s += 62) {
            c.poly(new Color(0xB9B48C), s, 198, s + 30, 198, s + 27, 202, s - 4, 202);
        }
    }

    private static void windows(Canvas c, double x, double top, double w, double share) {
        for (double y = top + 5; y < 136; y += 8) {
            for (double s = x + 4; s < x + w - 5; s += 7) {
                if (c.dice().chance(share)) {
                    c.rect(
                            s,
                            y,
                            3.6,
                            4.4,
                            c.dice().pick(new Color(0xFFD97A), new Color(0xFFF0B8), new Color(0x9AD4F5)));
                }
            }
        }
    }

    private static void lantern(Canvas c, double x) {
        c.line(x, 156, x, 92, 2.6, new Color(0x14172B));
        c.line(x, 92, x + 10, 90, 2.2, new Color(0x14172B));
        c.glow(x + 11, 93, 40, new Color(255, 220, 140, 130));
        c.oval(x + 11, 93, 4, 3, new Color(0xFFF1C0));
        c.glow(x + 11, 186, 44, new Color(255, 214, 130, 50));
    }
}
