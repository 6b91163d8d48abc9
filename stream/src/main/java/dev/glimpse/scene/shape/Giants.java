package dev.glimpse.scene.shape;

import static dev.glimpse.scene.shape.Brush.blob;
import static dev.glimpse.scene.shape.Brush.oval;
import static dev.glimpse.scene.shape.Brush.poly;
import static dev.glimpse.scene.shape.Brush.round;

import java.awt.Color;
import java.awt.geom.Path2D;

/** Elephants with trunk and tusks, giraffes with long spotted necks. */
final class Giants {
    private Giants() {}

    static void elephant(Brush b) {
        Color hide = b.paint();
        Color dark = Brush.mix(hide, Color.BLACK, 0.2);
        b.limb(-50, -60, -58, -34, 3, hide);
        for (double x : new double[] {-26, 20}) {
            b.part(round(x + 4 * b.swing(Math.PI) - 9, -34, 18, 34, 5), dark);
        }
        b.body(blob(-58, -30, -56, -90, -10, -98, 30, -86, 36, -40, 20, -24, -40, -22));
        for (double x : new double[] {-40, 8}) {
            b.part(round(x + 4 * b.swing(0) - 9, -36, 18, 36, 5), hide);
        }
        double swing = 4 * Math.sin(b.phase() * 0.7);
        Path2D trunk = new Path2D.Double();
        trunk.moveTo(46, -66);
        trunk.curveTo(60, -60, 56, -30, 54 + swing, -12);
        b.stroke(trunk, 14, Brush.mix(hide, new Color(0x1B1430), 0.62));
        b.stroke(trunk, 11, hide);
        b.part(oval(36, -68, 20, 21), hide);
        b.part(poly(46, -54, 62, -46, 50, -48), new Color(0xFBF3DC));
        b.part(blob(8, -88, 30, -88, 34, -60, 18, -44, 6, -60), dark);
        b.eye(44, -72, 2.4);
    }

    static void giraffe(Brush b) {
        Color coat = b.paint();
        Color spot = Brush.mix(coat, new Color(0x4A2410), 0.6);
        Color dark = Brush.mix(coat, Color.BLACK, 0.2);
        b.limb(-32, -66, -38, -44, 2.4, spot);
        leg(b, -20, Math.PI, dark);
        leg(b, 14, 0, dark);
        b.part(poly(4, -66, 22, -122, 31, -122, 26, -58), coat);
        b.body(blob(-38, -70, 8, -78, 28, -72, 24, -50, -8, -46, -36, -48));
        leg(b, -28, 0, coat);
        leg(b, 18, Math.PI, coat);
        for (double[] s :
                new double[][] {{-24, -62}, {-10, -56}, {4, -66}, {14, -56}, {16, -84}, {22, -98}, {25, -110}}) {
            b.flat(oval(s[0], s[1], 4.2, 3.6), spot);
        }
        b.limb(22, -130, 21, -138, 2, spot);
        b.limb(28, -130, 29, -138, 2, spot);
        b.part(blob(16, -132, 30, -134, 44, -124, 42, -116, 28, -118, 18, -122), coat);
        b.part(oval(17, -130, 5, 2.6), coat);
        b.eye(28, -127, 2);
    }

    private static void leg(Brush b, double x, double offset, Color coat) {
        double foot = x + 9 * b.swing(offset);
        b.limb(x, -54, foot, -3, 5.5, coat);
        b.part(round(foot - 4, -4, 9, 4, 1.5), new Color(0x3A2D2E));
    }
}
