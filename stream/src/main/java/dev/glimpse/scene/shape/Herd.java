package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Area;

/** Horses with manes, cows with horns and blotches, sheep in curls. */
final class Herd {
    private static final Color HOOF = new Color(0x3A2D2E);

    private Herd() {}

    private static void legs(Brush b, double front, double back, double top, double width, Color coat, boolean near) {
        double swing = -top * 0.22;
        double offset = near ? 0 : Math.PI;
        double shift = near ? 0 : 7;
        for (double x : new double[] {back + shift, front + shift}) {
            double foot = x + swing * b.swing(x < 0 ? offset : offset + Math.PI);
            b.limb(x, top, foot, -4, width, near ? coat : Brush.mix(coat, Color.BLACK, 0.2));
            b.part(round(foot - width * 0.6, -5, width * 1.3, 5, 1.5), HOOF);
        }
    }

    static void horse(Brush b) {
        Color coat = b.paint();
        Color mane = Brush.mix(coat, new Color(0x1F1413), 0.62);
        double sway = 3 * Math.sin(b.phase());
        b.part(blob(-44, -62, -58 + sway, -50, -56 + sway, -24, -48, -30, -40, -56), mane);
        legs(b, 22, -36, -38, 7, coat, false);
        b.body(blob(-50, -64, -10, -62, 28, -68, 36, -48, 24, -34, -18, -32, -48, -36));
        b.part(poly(18, -58, 34, -92, 46, -92, 44, -76, 34, -42), coat);
        legs(b, 22, -38, -38, 8, coat, true);
        b.part(blob(30, -100, 42, -100, 60, -82, 58, -72, 48, -74, 32, -82), coat);
        b.part(blob(14, -62, 26, -92, 36, -104, 38, -94, 28, -70), mane);
        b.part(poly(34, -96, 37, -106, 42, -97), coat);
        b.eye(44, -88, 2);
        b.flat(oval(55, -77, 1.4, 1.4), HOOF);
    }

    static void cow(Brush b) {
        Color coat = b.paint();
        Color blotch =
                coat.getRed() > 200 && coat.getGreen() > 200 ? new Color(0x3A3138) : Brush.mix(coat, Color.WHITE, 0.75);
        b.limb(-48, -58, -54, -28, 3, coat);
        b.part(oval(-54, -26, 4, 6), HOOF);
        legs(b, 20, -38, -26, 9, coat, false);
        b.part(oval(-16, -24, 10, 7), new Color(0xF0A9A6));
        b.body(round(-50, -66, 84, 42, 15));
        b.flat(blob(-40, -62, -22, -64, -18, -48, -34, -42, -44, -50), blotch);
        b.flat(blob(-6, -50, 10, -54, 16, -38, 0, -32), blotch);
        legs(b, 20, -40, -26, 10, coat, true);
        b.part(poly(30, -74, 25, -84, 35, -78), new Color(0xE9DFC2));
        b.part(poly(46, -76, 52, -85, 50, -72), new Color(0xE9DFC2));
        b.part(oval(26, -68, 7, 4), coat);
        b.part(round(29, -78, 22, 28, 9), coat);
        b.part(round(31, -59, 24, 14, 7), new Color(0xF2B8AE));
        b.eye(42, -68, 2.2);
        b.flat(oval(48, -53, 1.6, 2), HOOF);
    }

    static void sheep(Brush b) {
        Color wool = b.paint();
        Color face = b.variant() == 1 ? new Color(0xD9B48C) : new Color(0x3B3238);
        legs(b, 14, -24, -18, 6, face, false);
        b.body(curls());
        legs(b, 14, -26, -14, 6, face, true);
        b.part(round(20, -54, 20, 26, 9), face);
        b.part(oval(18, -47, 7, 3.6), face);
        b.part(oval(28, -55, 11, 6.5), wool);
        b.flat(oval(33, -43, 3, 3), Color.WHITE);
        b.flat(oval(34, -43, 1.6, 1.6), HOOF);
    }

    private static Shape curls() {
        Area area = new Area(oval(-6, -34, 30, 18));
        for (int i = 0; i < 11; i++) {
            double a = i * 2 * Math.PI / 11;
            area.add(new Area(oval(-6 + 27 * Math.cos(a), -34 + 16 * Math.sin(a), 10, 9)));
        }
        return area;
    }
}
