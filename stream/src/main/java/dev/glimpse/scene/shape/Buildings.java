package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.dome;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.rect;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Houses, tents and lighthouses. */
final class Buildings {
    private static final Color GLASS = new Color(0xFFE9A3);
    private static final Color ROOF = new Color(0x7D4338);
    private static final Color DOOR = new Color(0x6B4529);

    private Buildings() {}

    static void house(Brush b) {
        b.part(rect(26, -110, 14, 30), new Color(0x9A6A5C));
        b.body(rect(-52, -66, 104, 66));
        b.part(poly(-62, -62, 0, -112, 62, -62), b.variant() == 1 ? new Color(0x4C5A70) : ROOF);
        if (b.variant() != 2) {
            b.part(oval(0, -78, 9, 9), GLASS);
        }
        b.part(round(-10, -40, 22, 40, 3), DOOR);
        b.flat(oval(7, -19, 1.8, 1.8), GLASS);
        for (double x : new double[] {-42, 22}) {
            b.part(rect(x, -50, 20, 22), GLASS);
            b.line(x + 10, -50, x + 10, -28, 1.6, Color.WHITE);
            b.line(x, -39, x + 20, -39, 1.6, Color.WHITE);
        }
    }

    static void tent(Brush b) {
        if (b.variant() == 1) {
            b.body(dome(0, 0, 54, 72));
            b.part(dome(8, 0, 22, 44), new Color(0x4A3A45));
            b.line(8, -44, 8, 0, 1.6, Color.WHITE);
            return;
        }
        b.body(poly(0, -74, 54, 0, -54, 0));
        b.part(poly(6, -50, 26, 0, -8, 0), new Color(0x4A3A45));
        b.part(poly(6, -50, 26, 0, 17, 0), Brush.mix(b.paint(), Color.WHITE, 0.4));
        b.limb(0, -74, 0, -79, 2, DOOR);
    }

    static void lighthouse(Brush b) {
        b.part(round(-26, -8, 52, 8, 3), new Color(0x85858F));
        b.part(poly(-14, -108, 14, -108, 21, -6, -21, -6), new Color(0xF7F3E8));
        for (int i = 0; i < 3; i++) {
            double y = -96 + 34 * i;
            double w = 14.8 + 2.3 * i;
            b.body(poly(-w, y, w, y, w + 1.2, y + 17, -w - 1.2, y + 17));
        }
        b.part(round(-19, -114, 38, 7, 2), new Color(0x4A4D58));
        b.part(rect(-10, -130, 20, 17), new Color(0xFFF0A0));
        b.body(dome(0, -129, 14, 16));
        b.part(round(-4, -26, 9, 18, 3), DOOR);
    }
}
