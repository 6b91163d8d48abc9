package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;

import java.awt.Color;
import java.awt.geom.Area;

/** Trees whose crown, and pots whose clay, has the thing's colour. */
final class Plants {
    private static final Color BARK = new Color(0x7A5232);
    private static final Color LEAF = new Color(0x3E9B4F);

    private Plants() {}

    static void tree(Brush b) {
        b.part(blob(-10, 2, -5, -30, -6, -60, 6, -60, 5, -30, 11, 2), BARK);
        if (b.variant() == 1) {
            b.body(poly(-38, -28, 38, -28, 0, -72));
            b.body(poly(-31, -56, 31, -56, 0, -100));
            b.body(poly(-23, -84, 23, -84, 0, -128));
            return;
        }
        b.limb(0, -48, 16, -66, 4, BARK);
        double s = 1.5 * Math.sin(b.phase() * 0.6);
        Area crown = new Area(oval(s, -98, 30, 28));
        crown.add(new Area(oval(-22 + s, -76, 23, 21)));
        crown.add(new Area(oval(22 + s, -76, 23, 21)));
        crown.add(new Area(oval(s, -70, 26, 18)));
        b.body(crown);
        if (b.variant() == 2) {
            for (int i = 0; i < 6; i++) {
                b.part(oval(-24 + 10 * i + s, -74 - 23 * (i % 3), 3.6, 3.6), new Color(0xE9483A));
            }
        }
    }

    static void pot(Brush b) {
        double s = 2 * Math.sin(b.phase() * 0.5);
        for (int i = -2; i <= 2; i++) {
            double x = i * 11 + s;
            double y = -64 + Math.abs(i) * 9;
            b.part(blob(0, -22, x - 6, (y - 22) / 2, x, y, x + 7, (y - 20) / 2), LEAF);
        }
        if (b.variant() == 0) {
            for (int i = -1; i <= 1; i++) {
                b.part(oval(i * 12 + s, -56 + 6 * Math.abs(i), 6, 6), new Color(0xF48FB1));
                b.flat(oval(i * 12 + s, -56 + 6 * Math.abs(i), 2.2, 2.2), new Color(0xFFE36E));
            }
        }
        b.body(poly(-18, -26, 18, -26, 13, 0, -13, 0));
        b.body(poly(-21, -32, 21, -32, 20, -25, -20, -25));
    }
}
