package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.dome;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;

/** Men with hats and trousers, women with long hair and skirts, children with large heads and caps. */
final class People {
    private static final Color[] SKINS = {new Color(0xF3C9A2), new Color(0xB9794E), new Color(0x7C4A2D)};
    private static final Color[] HAIRS = {new Color(0x4A2E1B), new Color(0x22191B), new Color(0xC98B3A)};
    private static final Color TROUSERS = new Color(0x3C4763);
    private static final Color SHOE = new Color(0x33262B);

    private People() {}

    static void man(Brush b) {
        Color skin = SKINS[b.variant()];
        legs(b, -42, 10, TROUSERS);
        arm(b, -68, 9, skin, Math.PI);
        b.body(round(-14, -74, 28, 36, 9));
        b.part(round(-5, -80, 10, 9, 3), skin);
        b.part(oval(1, -88, 11, 12), skin);
        b.flat(dome(0, -90, 12, 13), HAIRS[b.variant()]);
        if (b.variant() == 1) {
            b.flat(poly(-9, -84, 12, -84, 8, -75, -4, -75), HAIRS[1]);
        } else {
            b.part(round(-17, -97, 34, 5, 2), new Color(0x5B4636));
            b.part(round(-10, -106, 20, 11, 4), new Color(0x6F5643));
        }
        b.eye(6, -88, 1.8);
        arm(b, -68, 9, skin, 0);
    }

    static void woman(Brush b) {
        Color skin = SKINS[(b.variant() + 1) % 3];
        Color hair = HAIRS[(b.variant() + 2) % 3];
        legs(b, -36, 7, skin);
        b.part(round(-15, -97, 22, 44, 10), hair);
        arm(b, -64, 7, skin, Math.PI);
        b.body(poly(-8, -71, 8, -71, 10, -52, 23, -26, -23, -26, -10, -52));
        b.part(round(-4, -77, 8, 9, 3), skin);
        b.part(oval(1, -84, 10.5, 11.5), skin);
        b.flat(dome(-1, -86, 12.5, 13), hair);
        b.flat(round(-14, -88, 8, 24, 4), hair);
        b.eye(6, -83, 1.8);
        b.flat(oval(7, -78, 2.4, 1.1), new Color(0xC0394B));
        arm(b, -64, 7, skin, 0);
    }

    static void child(Brush b) {
        Color skin = SKINS[(b.variant() + 2) % 3];
        legs(b, -22, 8, new Color(0x5A7A9C));
        arm(b, -40, 7, skin, Math.PI);
        b.body(round(-12, -46, 24, 27, 9));
        b.part(oval(1, -56, 13.5, 13.5), skin);
        b.body(dome(0, -58, 14, 14));
        b.body(round(8, -61, 13, 4.5, 2));
        b.eye(7, -54, 2);
        b.flat(oval(3, -49, 2.6, 1.6), new Color(0xE58A82));
        arm(b, -40, 7, skin, 0);
    }

    private static void legs(Brush b, double hip, double width, Color colour) {
        if (b.sits()) {
            double knee = -hip * 0.45;
            b.limb(-1, hip + 2, knee, hip + 6, width, colour);
            b.limb(knee, hip + 6, knee - 1, -4, width, colour);
            b.part(round(knee - 4, -6, 15, 6, 3), SHOE);
            return;
        }
        for (int side = -1; side <= 1; side += 2) {
            double foot = side * (-hip * 0.16) + 0.42 * -hip * b.swing(side < 0 ? Math.PI : 0);
            b.limb(side * 5, hip, foot, -4, width, colour);
            b.part(round(foot - 5, -6, 14, 6, 3), SHOE);
        }
    }

    private static void arm(Brush b, double shoulder, double width, Color skin, double offset) {
        double reach = -shoulder * 0.42;
        boolean front = offset == 0;
        double x = (front ? 9 : -9) + 9 * b.swing(offset + Math.PI);
        double y = shoulder + reach;
        if (front && b.holds()) {
            x = 19;
            y = shoulder + reach * 0.52;
        } else if (front && b.sits()) {
            x = 17;
            y = shoulder + reach * 0.75;
        }
        double start = front ? 4 : -9;
        b.limb(start, shoulder, (start + x) / 2, (shoulder + y) / 2, width, b.paint());
        b.limb((start + x) / 2, (shoulder + y) / 2, x, y, width * 0.8, skin);
        b.flat(oval(x, y, width * 0.55, width * 0.55), skin);
    }
}
