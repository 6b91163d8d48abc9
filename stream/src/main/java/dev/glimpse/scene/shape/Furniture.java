package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.rect;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Chairs, tables, sofas, lamps and benches. */
final class Furniture {
    private static final Color WOOD = new Color(0x8C5F38);
    private static final Color IRON = new Color(0x474A56);

    private Furniture() {}

    static void chair(Brush b) {
        Color leg = b.variant() == 1 ? IRON : WOOD;
        b.limb(-14, -30, -17, -2, 4, leg);
        b.limb(18, -30, 20, -2, 4, leg);
        b.body(round(-20, -70, 12, 44, 4));
        b.body(round(-20, -34, 42, 11, 4));
        b.limb(-18, -26, -19, -2, 4, leg);
        b.limb(12, -26, 12, -2, 4, leg);
    }

    static void table(Brush b) {
        Color dark = Brush.mix(b.paint(), Color.BLACK, 0.25);
        b.part(rect(-36, -40, 6, 36), dark);
        b.part(rect(30, -40, 6, 36), dark);
        if (b.variant() == 2) {
            b.body(poly(-52, -50, 52, -50, 46, -24, 30, -30, 14, -24, -2, -30, -18, -24, -34, -30, -46, -24));
        }
        b.part(rect(-48, -44, 7, 44), b.paint());
        b.part(rect(41, -44, 7, 44), b.paint());
        b.body(round(-52, -54, 104, 11, 3));
    }

    static void sofa(Brush b) {
        b.part(round(-52, -6, 8, 6, 2), WOOD);
        b.part(round(44, -6, 8, 6, 2), WOOD);
        b.body(round(-54, -66, 108, 48, 12));
        b.line(0, -60, 0, -32, 1.4, Brush.mix(b.paint(), Color.BLACK, 0.4));
        b.body(round(-50, -32, 50, 16, 6));
        b.body(round(0, -32, 50, 16, 6));
        b.body(round(-52, -20, 104, 15, 4));
        b.body(round(-64, -44, 19, 39, 8));
        b.body(round(45, -44, 19, 39, 8));
        if (b.variant() == 1) {
            b.part(round(-40, -48, 20, 18, 5), new Color(0xF7E9C8));
        }
    }

    static void lamp(Brush b) {
        b.part(oval(0, -4, 15, 4.5), IRON);
        b.limb(0, -6, 0, -76, 3, IRON);
        b.flat(oval(0, -74, 6, 6), new Color(0xFFF3B8));
        b.body(b.variant() == 1 ? round(-20, -106, 40, 32, 12) : poly(-11, -106, 11, -106, 23, -74, -23, -74));
    }

    static void bench(Brush b) {
        for (double x : new double[] {-38, 34}) {
            b.part(rect(x, -48, 5, 48), IRON);
            b.part(rect(x - 5, -5, 15, 5), IRON);
        }
        b.body(round(-52, -50, 104, 8, 3));
        b.body(round(-52, -39, 104, 7, 3));
        b.body(round(-52, -27, 104, 9, 3));
    }
}
