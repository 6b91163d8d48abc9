package dev.glimpse.scene.backdrop;

import java.awt.Color;

/** A beach with surf, and a harbour with a quay. */
final class Shore {
    private Shore() {}

    private static void sea(Canvas c, double top, double bottom, Color far, Color near) {
        c.band(top, bottom, far, near);
        for (int i = 0; i < 70; i++) {
            double t = c.dice().between(0.04, 1);
            double x = c.dice().between(Canvas.WEST, Canvas.EAST);
            double w = 4 + 16 * t;
            double y = top + t * (bottom - top);
            c.line(x, y, x + w, y, 0.6 + t, new Color(255, 255, 255, 70));
        }
    }

    static void beach(Canvas c) {
        if (c.dice().chance(0.5)) {
            c.hills(94, 16, 60, 98, new Color(0x6F9C8B), new Color(0x86AFA0));
        }
        sea(c, 92, 160, new Color(0x2E86B8), new Color(0x6CC7D6));
        c.hills(148, 5, 40, Canvas.BOTTOM, new Color(0xFDFBF2), new Color(0xFDFBF2));
        c.hills(152, 5, 44, Canvas.BOTTOM, new Color(0xD9BC85), new Color(0xE9CF98));
        c.hills(160, 5, 50, Canvas.BOTTOM, new Color(0xF0DBA8), new Color(0xDDBB7C));
        c.strew(220, 164, Canvas.BOTTOM, 1.4, new Color(150, 110, 60, 70));
        c.strew(14, 168, Canvas.BOTTOM, 3, new Color(0xFFF6E6));
    }

    static void harbour(Canvas c) {
        c.hills(92, 18, 46, 96, new Color(0x7D97A6), new Color(0x93AAB5));
        for (int i = 0; i < 7; i++) {
            double x = c.dice().between(Canvas.WEST, Canvas.EAST);
            double h = c.dice().between(10, 20);
            Color wall = c.dice().pick(new Color(0xC98F7A), new Color(0xD9C9A6), new Color(0x9FB0BE));
            c.rect(x, 91 - h, 30, h, wall);
            c.poly(wall.darker(), x - 2, 91 - h, x + 15, 83 - h, x + 32, 91 - h);
        }
        double x = c.dice().between(20, 260);
        Color steel = new Color(0xB5623F);
        c.line(x, 92, x, 40, 3, steel);
        c.line(x - 18, 46, x + 46, 40, 2.4, steel);
        c.line(x, 34, x + 46, 40, 1, steel);
        c.line(x + 40, 41, x + 40, 62, 0.9, new Color(0x4A4A52));
        sea(c, 90, 176, new Color(0x2F6F92), new Color(0x3F93A8));
        c.rect(Canvas.WEST, 172, 540, 14, new Color(0x6D625A));
        c.band(178, Canvas.BOTTOM, new Color(0xB7A48C), new Color(0x957F66));
        for (double s = Canvas.WEST; s < Canvas.EAST; s += 27) {
            double far = 160 + (s - 160) * 0.8;
            c.line(far, 178, s * 1.25 - 40, Canvas.BOTTOM, 1, new Color(80, 60, 45, 110));
        }
        for (double s = Canvas.WEST + c.dice().between(0, 60); s < Canvas.EAST; s += 110) {
            c.rect(s - 4, 168, 8, 13, new Color(0x3A3A44));
            c.oval(s, 168, 6, 3, new Color(0x50505C));
        }
    }
}
