package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Boats, airplanes and hot-air balloons. */
final class Craft {
    private static final Color WOOD = new Color(0x9B6B3E);
    private static final Color GLASS = new Color(0xBFE3F2);

    private Craft() {}

    static void boat(Brush b) {
        if (b.variant() == 2) {
            b.part(round(8, -58, 12, 24, 2), new Color(0x555A68));
            b.part(round(-6, -42, 40, 20, 4), new Color(0xF6F1E4));
            b.part(round(4, -38, 9, 9, 3), GLASS);
            b.part(round(18, -38, 9, 9, 3), GLASS);
            b.line(-40, -26, -40, -46, 2, WOOD);
        } else {
            b.limb(2, -26, 2, -98, 3, WOOD);
            b.part(poly(6, -94, 48, -34, 6, -34), new Color(0xFBF6E8));
            b.part(poly(-2, -86, -36, -34, -2, -34), Brush.mix(b.paint(), Color.WHITE, 0.55));
            b.part(poly(2, -100, 18, -96, 2, -91), b.paint());
        }
        b.body(blob(-64, -30, 0, -24, 66, -34, 46, 4, -44, 4));
        b.line(-50, -21, 52, -22, 2.4, Color.WHITE);
    }

    static void airplane(Brush b) {
        Color skin = b.paint();
        b.part(poly(2, -30, -10, -48, 4, -48, 20, -30), Brush.mix(skin, Color.BLACK, 0.25));
        b.part(poly(-52, -30, -58, -52, -44, -52, -32, -30), skin);
        b.body(blob(-62, -32, -30, -38, 44, -38, 62, -24, 46, -12, -20, -12));
        b.part(blob(40, -34, 50, -34, 56, -26, 42, -25), GLASS);
        for (int i = 0; i < 6; i++) {
            b.part(oval(-22 + 10 * i, -27, 3, 3), GLASS);
        }
        b.part(poly(-2, -19, 20, -19, -6, 0, -20, 0), Brush.mix(skin, Color.WHITE, 0.25));
        b.part(poly(-54, -28, -40, -28, -54, -18, -64, -18), Brush.mix(skin, Color.WHITE, 0.25));
        b.part(round(-2, -12, 16, 7, 3), new Color(0x6B6F7C));
    }

    static void balloon(Brush b) {
        Color light = Brush.mix(b.paint(), Color.WHITE, 0.72);
        b.line(-12, -30, -7, -14, 1.4, WOOD);
        b.line(12, -30, 7, -14, 1.4, WOOD);
        b.body(blob(-34, -92, 34, -92, 40, -48, 10, -26, -10, -26, -40, -48));
        b.flat(blob(-13, -90, 13, -90, 15, -50, 5, -28, -5, -28, -15, -50), light);
        b.part(round(-9, -15, 18, 15, 3), WOOD);
        b.line(-9, -9, 9, -9, 1.2, new Color(0x5E3F22));
    }
}
