package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.dome;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.rect;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Small things: hydrants, boxes, bottles, cups and clocks. */
final class Wares {
    private static final Color STEEL = new Color(0xC9CCD4);
    private static final Color INK = new Color(0x2A2530);

    private Wares() {}

    static void hydrant(Brush b) {
        b.body(round(-17, -7, 34, 7, 2));
        b.body(round(-19, -34, 38, 12, 4));
        b.body(rect(-12, -42, 24, 36));
        b.body(dome(0, -41, 13, 13));
        b.body(round(-15, -44, 30, 5, 2));
        b.part(oval(0, -28, 6, 6), STEEL);
        b.flat(oval(0, -28, 2, 2), INK);
    }

    static void box(Brush b) {
        b.body(rect(-26, -40, 52, 40));
        Color lid = Brush.mix(b.paint(), Color.WHITE, 0.3);
        if (b.variant() == 1) {
            b.part(round(-28, -48, 56, 12, 2), lid);
            b.part(rect(-5, -48, 10, 48), new Color(0xF7D65A));
        } else {
            b.part(poly(-26, -40, -18, -48, 32, -48, 26, -40), lid);
            b.flat(rect(-4, -40, 8, 16), new Color(0xE8D9B0));
        }
    }

    static void bottle(Brush b) {
        b.body(blob(-14, 0, -14, -24, -13, -36, -5, -44, -5, -62, 5, -62, 5, -44, 13, -36, 14, -24, 14, 0));
        b.part(round(-5, -63, 10, 8, 2), new Color(0xB07A4A));
        b.part(rect(-11.5, -26, 23, 15), new Color(0xF6EFDC));
        b.line(-7, -20, 7, -20, 1.6, INK);
    }

    static void cup(Brush b) {
        b.stroke(oval(14, -18, 8, 8), 6.6, Brush.mix(b.paint(), new Color(0x1B1430), 0.62));
        b.stroke(oval(14, -18, 8, 8), 4.2, b.paint());
        b.body(poly(-17, -34, 14, -34, 11, 0, -14, 0));
        b.part(oval(-1.5, -34, 15.5, 4.5), new Color(0x6B4226));
        double s = 2 * Math.sin(b.phase());
        b.line(-6, -38, -4 + s, -42, 1.6, new Color(255, 255, 255, 170));
        b.line(3, -38, 5 + s, -42, 1.6, new Color(255, 255, 255, 170));
    }

    static void clock(Brush b) {
        b.limb(-11, -6, -15, -1, 4, INK);
        b.limb(11, -6, 15, -1, 4, INK);
        b.part(dome(-10, -42, 7, 6), STEEL);
        b.part(dome(10, -42, 7, 6), STEEL);
        b.body(oval(0, -24, 22, 22));
        b.part(oval(0, -24, 16, 16), new Color(0xFBF8EE));
        double a = b.phase();
        b.line(0, -24, 11 * Math.cos(a * 0.2), -24 + 11 * Math.sin(a * 0.2), 2, INK);
        b.line(0, -24, 7 * Math.cos(a), -24 + 7 * Math.sin(a), 2.6, INK);
        b.flat(oval(0, -24, 2, 2), INK);
    }
}
