package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Dogs stand on four legs with hanging ears; cats sit upright with pointed ears and a raised tail. */
final class Pets {
    private static final Color NOSE = new Color(0x2A1F28);

    private Pets() {}

    static void dog(Brush b) {
        Color coat = b.paint();
        double wag = 4 * Math.sin(b.phase() * 2.4);
        b.limb(-26, -32, -36 + wag, -48, 5, coat);
        leg(b, -21, Math.PI, coat);
        leg(b, 15, 0, coat);
        b.body(b.variant() == 1 ? round(-30, -38, 54, 22, 11) : blob(-34, -38, 20, -40, 28, -26, 20, -16, -32, -16));
        leg(b, -27, 0, coat);
        leg(b, 20, Math.PI, coat);
        b.part(round(13, -46, 15, 6, 3), new Color(0xC23B4B));
        b.part(oval(24, -46, 12, 11), coat);
        b.part(round(26, -47, 14, 10, 5), Brush.mix(coat, Color.WHITE, 0.35));
        b.flat(oval(39, -44, 3, 2.6), NOSE);
        b.part(round(13, -55, 9, 20, 4.5), Brush.mix(coat, Color.BLACK, 0.35));
        b.eye(28, -50, 2);
    }

    private static void leg(Brush b, double x, double offset, Color coat) {
        double foot = x + 7 * b.swing(offset);
        b.limb(x, -20, foot, -4, 6, coat);
        b.part(round(foot - 4, -5, 10, 5, 2.5), coat);
    }

    static void cat(Brush b) {
        Color coat = b.paint();
        Color dark = Brush.mix(coat, Color.BLACK, 0.3);
        double curl = 3 * Math.sin(b.phase() * 1.3);
        b.limb(-14, -8, -26, -16, 5, coat);
        b.limb(-26, -16, -24 + curl, -36, 5, dark);
        b.body(blob(-22, -4, -18, -34, 2, -42, 14, -28, 18, 0, -16, 2));
        b.part(round(4, -22, 7, 22, 3), coat);
        b.part(round(12, -20, 7, 20, 3), coat);
        b.part(poly(-3, -46, -2, -60, 8, -51), dark);
        b.part(poly(12, -51, 21, -60, 22, -46), dark);
        b.part(oval(10, -41, 15, 12), coat);
        b.eye(5, -43, 2.2);
        b.eye(16, -43, 2.2);
        b.flat(poly(8.5, -38, 13.5, -38, 11, -35.5), new Color(0xD06A7C));
        Color whisker = new Color(0x5A4A55);
        b.line(-4, -37, -13, -38, 0.9, whisker);
        b.line(23, -37, 30, -38, 0.9, whisker);
        b.line(-4, -35, -12, -33, 0.9, whisker);
        b.line(23, -35, 29, -33, 0.9, whisker);
    }
}
