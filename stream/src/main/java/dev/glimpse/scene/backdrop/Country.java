package dev.glimpse.scene.backdrop;

import java.awt.Color;

/** A meadow among hills, and snow under peaks. */
final class Country {
    private Country() {}

    static void field(Canvas c) {
        c.hills(110, 34, 70, 150, new Color(0x8DB7A4), new Color(0xA3C99C));
        c.hills(122, 22, 44, 160, new Color(0x86B96B), new Color(0x9CC972));
        if (c.dice().chance(0.5)) {
            fence(c);
        }
        c.hills(140, 7, 90, Canvas.BOTTOM, new Color(0x9FD06A), new Color(0x5E9A46));
        for (int i = 0; i < 150; i++) {
            double t = c.dice().between(0, 1);
            double x = c.dice().between(Canvas.WEST, Canvas.EAST);
            double y = 146 + t * 130;
            double h = 2 + 5 * t;
            c.line(x, y, x + c.dice().between(-2, 2), y - h, 0.8 + 0.6 * t, new Color(50, 110, 45, 130));
        }
        Color[] petals = {new Color(0xFFF3F0), new Color(0xFFD95A), new Color(0xF08FB0)};
        for (Color petal : petals) {
            c.strew(14, 150, Canvas.BOTTOM, 2.2, petal);
        }
    }

    private static void fence(Canvas c) {
        Color wood = new Color(0xA07C58);
        for (double x = Canvas.WEST; x < Canvas.EAST; x += 26) {
            c.rect(x, 118, 3.4, 22, wood);
        }
        c.rect(Canvas.WEST, 123, 540, 2.4, wood);
        c.rect(Canvas.WEST, 131, 540, 2.4, wood);
    }

    static void mountain(Canvas c) {
        c.rect(Canvas.WEST, 112, 540, 60, new Color(0xA9B7CB));
        for (int i = 0; i < 7; i++) {
            double x = Canvas.WEST + 540.0 * i / 6 + c.dice().between(-30, 30);
            double h = c.dice().between(50, 104);
            double w = h * c.dice().between(0.8, 1.1);
            double y = 132;
            c.poly(new Color(0x7E8CA6), x - w, y, x, y - h, x + w, y);
            c.poly(new Color(0x65728D), x, y - h, x + w, y, x + w * 0.15, y);
            double s = 0.4;
            c.poly(
                    new Color(0xF6FAFF),
                    x - w * s,
                    y - h * (1 - s),
                    x,
                    y - h,
                    x + w * s,
                    y - h * (1 - s),
                    x + w * 0.16,
                    y - h * 0.68,
                    x,
                    y - h * 0.55,
                    x - w * 0.18,
                    y - h * 0.68);
        }
        for (int i = 0; i < 26; i++) {
            double x = c.dice().between(Canvas.WEST, Canvas.EAST);
            double h = c.dice().between(9, 18);
            c.poly(new Color(0x3F6B5C), x - h * 0.4, 136, x, 136 - h, x + h * 0.4, 136);
        }
        c.hills(136, 8, 60, Canvas.BOTTOM, new Color(0xE6EEF7), new Color(0xF7FAFD));
        c.hills(168, 9, 80, Canvas.BOTTOM, new Color(0xF3F7FB), new Color(0xDCE6F1));
        c.strew(50, 150, Canvas.BOTTOM, 3, new Color(170, 190, 215, 70));
    }
}
