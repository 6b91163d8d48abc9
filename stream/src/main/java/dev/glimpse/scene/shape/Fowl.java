package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;
import java.awt.geom.Arc2D;

/** Birds on the wing, ducks that swim, and crabs. */
final class Fowl {
    private static final Color BEAK = new Color(0xF39B21);

    private Fowl() {}

    static void bird(Brush b) {
        Color down = b.paint();
        double flap = Math.sin(b.phase());
        double tip = -22 - 18 * flap;
        b.part(poly(2, -20, -18, tip + 2, -6, tip - 4, 14, -20), Brush.mix(down, Color.BLACK, 0.28));
        b.part(poly(-16, -18, -30, -24, -29, -11), Brush.mix(down, Color.BLACK, 0.28));
        b.body(blob(-24, -18, -4, -28, 16, -26, 22, -14, 4, -6, -14, -8));
        b.part(oval(17, -23, 8.5, 8), down);
        b.part(poly(24, -26, 33, -21, 24, -19), BEAK);
        b.body(blob(-8, -22, -20, tip, -2, tip - 8, 8, tip + 12, 12, -18));
        b.eye(19, -25, 1.9);
    }

    static void duck(Brush b) {
        Color down = b.paint();
        b.body(blob(-28, -28, -14, -18, 6, -22, 22, -14, 16, 2, -16, 2, -26, -10));
        b.part(blob(-14, -16, 2, -18, 10, -10, -2, -4, -12, -8), Brush.mix(down, Color.BLACK, 0.22));
        b.part(round(6, -34, 10, 20, 5), down);
        b.part(oval(13, -34, 10.5, 10), down);
        b.part(blob(20, -36, 32, -33, 31, -27, 20, -28), BEAK);
        b.eye(16, -37, 2);
    }

    static void crab(Brush b) {
        Color shell = b.paint();
        double wave = 3 * Math.sin(b.phase() * 1.4);
        for (int side = -1; side <= 1; side += 2) {
            for (int i = 0; i < 3; i++) {
                b.limb(side * (9 + 4 * i), -10, side * (19 + 4 * i), -1 - i, 3, shell);
            }
            b.limb(side * 16, -18, side * 23, -26 - side * wave, 4, shell);
            b.part(oval(side * 24, -32 - side * wave, 7, 7.5), shell);
            b.flat(
                    poly(side * 24, -32 - side * wave, side * 22, -41 - side * wave, side * 28, -41 - side * wave),
                    new Color(0x59303A));
            b.limb(side * 6, -24, side * 7, -31, 2, shell);
            b.part(oval(side * 7, -33, 4, 4), Color.WHITE);
            b.flat(oval(side * 7 + 1, -33, 1.8, 1.8), new Color(0x20182C));
        }
        b.body(blob(-24, -14, -16, -30, 16, -30, 24, -14, 12, -2, -12, -2));
        b.stroke(new Arc2D.Double(-7, -18, 14, 8, 200, 140, Arc2D.OPEN), 1.6, new Color(0x40202A));
    }
}
