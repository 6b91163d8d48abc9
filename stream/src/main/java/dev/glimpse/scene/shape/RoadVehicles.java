package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Cars, buses, trucks and bicycles, on turning wheels. */
final class RoadVehicles {
    private static final Color GLASS = new Color(0xBFE3F2);
    private static final Color TYRE = new Color(0x2B2A33);
    private static final Color STEEL = new Color(0xC9CCD4);

    private RoadVehicles() {}

    private static void wheel(Brush b, double x, double r) {
        b.part(oval(x, -r, r, r), TYRE);
        b.part(oval(x, -r, r * 0.52, r * 0.52), STEEL);
        for (int i = 0; i < 3; i++) {
            double a = b.phase() * 1.2 + i * Math.PI / 3;
            double dx = r * 0.46 * Math.cos(a);
            double dy = r * 0.46 * Math.sin(a);
            b.line(x - dx, -r - dy, x + dx, -r + dy, 1.2, new Color(0x6D707C));
        }
    }

    private static void lamps(Brush b, double back, double front, double y) {
        b.part(round(front - 5, y, 6, 8, 2), new Color(0xFFF3B0));
        b.part(round(back - 1, y, 5, 8, 2), new Color(0xE23B3B));
    }

    static void car(Brush b) {
        switch (b.variant()) {
            case 0 -> {
                b.body(blob(-44, -30, -34, -60, 14, -62, 36, -32, 30, -24, -40, -24));
                b.part(poly(-30, -34, -25, -50, -6, -51, -6, -34), GLASS);
                b.part(poly(-1, -34, -1, -51, 12, -50, 24, -34), GLASS);
            }
            case 1 -> {
                b.body(round(-52, -58, 78, 36, 10));
                b.part(round(-46, -52, 30, 18, 4), GLASS);
                b.part(round(-11, -52, 30, 18, 4), GLASS);
            }
            default -> {
                b.body(blob(-36, -28, -24, -54, 10, -54, 28, -28));
                b.part(poly(-18, -34, -14, -46, 4, -46, 14, -34), GLASS);
            }
        }
        b.body(blob(-64, -34, -40, -38, 40, -38, 64, -28, 62, -10, 40, -8, -40, -8, -64, -10));
        b.line(-4, -30, -4, -14, 1.2, Brush.mix(b.paint(), Color.BLACK, 0.4));
        b.line(2, -26, 9, -26, 2, STEEL);
        lamps(b, -60, 60, -26);
        wheel(b, -34, 13);
        wheel(b, 34, 13);
    }

    static void bus(Brush b) {
        b.body(round(-78, -86, 154, 76, 10));
        for (int i = 0; i < 5; i++) {
            b.part(round(-71 + 25 * i, -76, 21, 24, 4), GLASS);
        }
        b.part(round(54, -76, 18, 34, 4), GLASS);
        b.part(round(30, -48, 19, 36, 3), Brush.mix(GLASS, Color.GRAY, 0.25));
        b.line(39.5, -47, 39.5, -13, 1.2, TYRE);
        b.part(round(-78, -18, 154, 6, 2), Brush.mix(b.paint(), Color.BLACK, 0.35));
        lamps(b, -77, 76, -32);
        wheel(b, -46, 14);
        wheel(b, 46, 14);
    }

    static void truck(Brush b) {
        b.body(round(-72, -80, 92, 64, 4));
        b.part(round(-72, -20, 136, 8, 2), new Color(0x50525E));
        Color cab = Brush.mix(b.paint(), Color.WHITE, 0.25);
        b.part(blob(22, -62, 48, -64, 62, -48, 74, -34, 72, -12, 20, -10, 22, -40), cab);
        b.part(poly(36, -36, 36, -54, 48, -54, 60, -36), GLASS);
        lamps(b, -71, 71, -28);
        wheel(b, -50, 13);
        wheel(b, -20, 13);
        wheel(b, 48, 13);
    }

    static void bicycle(Brush b) {
        Color frame = b.paint();
        for (double x : new double[] {-26, 26}) {
            b.stroke(oval(x, -19, 18, 18), 4, TYRE);
            b.stroke(oval(x, -19, 15, 15), 1.2, STEEL);
            for (int i = 0; i < 4; i++) {
                double a = b.phase() + i * Math.PI / 4;
                b.line(
                        x - 15 * Math.cos(a),
                        -19 - 15 * Math.sin(a),
                        x + 15 * Math.cos(a),
                        -19 + 15 * Math.sin(a),
                        0.8,
                        STEEL);
            }
        }
        b.limb(-26, -19, -2, -18, 4.5, frame);
        b.limb(-26, -19, -14, -44, 4.5, frame);
        b.limb(-2, -18, -14, -44, 4.5, frame);
        b.limb(-2, -18, 20, -46, 4.5, frame);
        b.limb(-13, -42, 20, -46, 4.5, frame);
        b.limb(26, -19, 18, -54, 4.5, frame);
        b.limb(18, -54, 27, -58, 3, TYRE);
        b.limb(-14, -44, -16, -52, 3, STEEL);
        b.part(round(-26, -56, 20, 6, 3), TYRE);
        b.part(oval(-2, -18, 5, 5), STEEL);
        double a = b.phase();
        b.line(-2, -18, -2 + 9 * Math.cos(a), -18 + 9 * Math.sin(a), 2.4, TYRE);
    }
}
