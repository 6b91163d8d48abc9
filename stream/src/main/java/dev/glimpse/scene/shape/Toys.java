package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.dome;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/** Things to play with: balls, kites, umbrellas, guitars, surfboards, snowmen. */
final class Toys {
    private static final Color WOOD = new Color(0x9B6B3E);

    private Toys() {}

    static void ball(Brush b) {
        b.body(oval(0, -19, 18, 18));
        Color seam = b.paint().getGreen() > 220 ? new Color(0x4A4A55) : Color.WHITE;
        if (b.variant() != 1) {
            double a = b.phase() * 0.8;
            for (int i = 0; i < 3; i++) {
                double t = a + i * 2 * Math.PI / 3;
                b.line(0, -19, 16 * Math.cos(t), -19 + 16 * Math.sin(t), 2.4, seam);
            }
            b.flat(oval(0, -19, 4, 4), seam);
        }
        b.flat(oval(-6, -27, 4.5, 3), new Color(255, 255, 255, 150));
    }

    static void kite(Brush b) {
        double s = 3 * Math.sin(b.phase() * 2);
        Path2D tail = new Path2D.Double();
        tail.moveTo(0, -22);
        tail.curveTo(8 + s, -14, -8 - s, -8, 2 + s, 0);
        b.stroke(tail, 2, new Color(0x6A4A3A));
        b.part(poly(-6, -14, 0, -11, -6, -8), Color.WHITE);
        b.part(poly(8, -8, 2, -5, 8, -2), b.paint());
        b.body(poly(0, -68, 26, -46, 0, -20, -26, -46));
        b.line(0, -68, 0, -20, 1.4, WOOD);
        b.line(-26, -46, 26, -46, 1.4, WOOD);
    }

    static void umbrella(Brush b) {
        b.limb(0, -4, 0, -72, 2.6, WOOD);
        Area cloth = new Area(dome(0, -38, 39, 34));
        for (int i = -1; i <= 1; i++) {
            cloth.subtract(new Area(oval(i * 26, -36, 13, 5)));
        }
        b.body(cloth);
        Color rib = Brush.mix(b.paint(), Color.BLACK, 0.35);
        b.line(0, -71, -13, -40, 1.2, rib);
        b.line(0, -71, 13, -40, 1.2, rib);
        b.line(0, -72, 0, -76, 2.4, WOOD);
    }

    static void guitar(Brush b) {
        b.part(round(-3, -92, 6, 52, 2), new Color(0x4A2E1B));
        b.part(round(-5.5, -97, 11, 12, 2), new Color(0x32201A));
        Area body = new Area(oval(0, -17, 18, 17));
        body.add(new Area(oval(0, -38, 13, 12)));
        b.body(body);
        b.flat(oval(0, -28, 5.5, 5.5), new Color(0x2A1B18));
        b.part(round(-7, -12, 14, 3.5, 1), new Color(0x32201A));
        for (int i = -1; i <= 1; i++) {
            b.line(i * 1.8, -90, i * 2.2, -10, 0.6, new Color(0xEDE6D2));
        }
    }

    static void surfboard(Brush b) {
        b.body(blob(-12, -4, -18, -54, -8, -112, 8, -112, 18, -54, 12, -4, 0, 2));
        b.line(0, -100, 0, -6, 3, b.paint().getGreen() > 220 ? new Color(0x3C8DC4) : Color.WHITE);
        b.flat(poly(-8, -38, 8, -38, 0, -24), new Color(255, 255, 255, 200));
    }

    static void snowman(Brush b) {
        Color snow = new Color(0xF2F6FB);
        b.part(oval(0, -22, 27, 23), snow);
        b.part(oval(0, -52, 19, 17), snow);
        b.limb(-17, -52, -32, -66, 2, WOOD);
        b.limb(17, -52, 32, -64, 2, WOOD);
        b.part(oval(2, -73, 13, 12), snow);
        b.body(round(-15, -66, 31, 8, 4));
        b.body(round(7, -63, 8, 20, 3));
        b.body(dome(1, -78, 13, 12));
        b.body(round(-13, -80, 28, 6, 3));
        b.eye(6, -73, 1.8);
        b.part(poly(9, -71, 23, -68, 9, -67), new Color(0xF08A24));
        for (int i = 0; i < 3; i++) {
            b.flat(oval(4, -48 + 11 * i, 2, 2), new Color(0x2A2530));
        }
    }
}
