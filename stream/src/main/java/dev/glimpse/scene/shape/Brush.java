package dev.glimpse.scene.shape;

import dev.glimpse.scene.stage.Pose;
import dev.glimpse.scene.stage.Posture;
import dev.glimpse.scene.thing.Pattern;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Fills outlined shapes in a thing's own paint, with light from above, or in other colours. Bound to one graphics. */
public final class Brush {
    private static final BasicStroke OUTLINE = new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final Graphics2D g;
    private final Pose pose;
    private final Color paint;

    /** A brush on graphics already moved and scaled to the thing's own coordinates. */
    public Brush(Graphics2D g, Pose pose) {
        this.g = g;
        this.pose = pose;
        this.paint = new Color(pose.thing().colour().rgb());
    }

    /** The thing's own colour. */
    Color paint() {
        return paint;
    }

    double phase() {
        return pose.phase();
    }

    int variant() {
        return pose.thing().variant();
    }

    boolean sits() {
        return pose.posture() == Posture.SITTING;
    }

    boolean holds() {
        return pose.posture() == Posture.HOLDING;
    }

    /** Swing of a limb in [-1, 1], 0 while the thing stays; {@code offset} in radians. */
    double swing(double offset) {
        return pose.thing().moves() ? Math.sin(pose.phase() + offset) : 0;
    }

    /** Fills a shape in the thing's colour and pattern. */
    void body(Shape shape) {
        shade(shape, paint);
        Pattern pattern = pose.thing().pattern();
        if (pattern != Pattern.PLAIN) {
            Graphics2D h = (Graphics2D) g.create();
            h.clip(shape);
            h.setColor(contrast());
            pattern(h, shape.getBounds2D(), pattern);
            h.dispose();
        }
        outline(shape, paint);
    }

    private Color contrast() {
        double light = 0.3 * paint.getRed() + 0.59 * paint.getGreen() + 0.11 * paint.getBlue();
        return light > 150 ? mix(paint, new Color(0x3A2F4F), 0.62) : mix(paint, Color.WHITE, 0.72);
    }

    private static void pattern(Graphics2D h, Rectangle2D box, Pattern pattern) {
        double step = pattern == Pattern.STRIPED ? 11 : 12;
        int row = 0;
        for (double y = box.getMinY() + 3; y < box.getMaxY(); y += step, row++) {
            if (pattern == Pattern.STRIPED) {
                h.fill(new Rectangle2D.Double(box.getX(), y, box.getWidth(), 4.6));
                continue;
            }
            double shift = row % 2 * step / 2;
            for (double x = box.getMinX() - shift; x < box.getMaxX(); x += step) {
                if (pattern == Pattern.DOTTED) {
                    h.fill(new Ellipse2D.Double(x + 3, y, 5.6, 5.6));
                } else {
                    h.fill(new Rectangle2D.Double(x, y - 3, step / 2, step / 2));
                    h.fill(new Rectangle2D.Double(x + step / 2, y + 3, step / 2, step / 2));
                }
            }
        }
    }

    /** Fills a shape in another colour, with an outline. */
    void part(Shape shape, Color colour) {
        shade(shape, colour);
        outline(shape, colour);
    }

    /** Fills a shape in another colour, flat and without an outline. */
    void flat(Shape shape, Color colour) {
        g.setColor(colour);
        g.fill(shape);
    }

    private void shade(Shape shape, Color colour) {
        Rectangle2D box = shape.getBounds2D();
        g.setPaint(new GradientPaint(
                0,
                (float) box.getMinY(),
                mix(colour, Color.WHITE, 0.28),
                0,
                (float) box.getMaxY() + 0.1f,
                mix(colour, Color.BLACK, 0.12)));
        g.fill(shape);
    }

    private void outline(Shape shape, Color colour) {
        g.setStroke(OUTLINE);
        g.setColor(mix(colour, new Color(0x1B1430), 0.62));
        g.draw(shape);
    }

    /** A round-ended line. */
    void line(double x1, double y1, double x2, double y2, double width, Color colour) {
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(colour);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** A limb: a line with an outline. */
    void limb(double x1, double y1, double x2, double y2, double width, Color colour) {
        line(x1, y1, x2, y2, width + 2.4, mix(colour, new Color(0x1B1430), 0.62));
        line(x1, y1, x2, y2, width, colour);
    }

    /** The outline of a shape alone. */
    void stroke(Shape shape, double width, Color colour) {
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(colour);
        g.draw(shape);
    }

    /** An eye with a glint. */
    void eye(double x, double y, double r) {
        flat(oval(x, y, r, r), new Color(0x20182C));
        flat(oval(x + r * 0.3, y - r * 0.35, r * 0.36, r * 0.36), Color.WHITE);
    }

    /** An ellipse about a middle. */
    static Shape oval(double x, double y, double rx, double ry) {
        return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
    }

    /** A rectangle by its upper left corner. */
    static Shape rect(double x, double y, double w, double h) {
        return new Rectangle2D.Double(x, y, w, h);
    }

    /** A rectangle with round corners. */
    static Shape round(double x, double y, double w, double h, double r) {
        return new RoundRectangle2D.Double(x, y, w, h, 2 * r, 2 * r);
    }

    /** The upper half of an ellipse about a middle. */
    static Shape dome(double x, double y, double rx, double ry) {
        return new Arc2D.Double(x - rx, y - ry, 2 * rx, 2 * ry, 0, 180, Arc2D.CHORD);
    }

    /** A polygon through points x, y, x, y ... */
    static Shape poly(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** A closed curve through the middles between its points x, y, x, y ... */
    static Shape blob(double... p) {
        Path2D path = new Path2D.Double();
        int n = p.length / 2;
        for (int i = 0; i <= n; i++) {
            int a = i % n * 2;
            int b = (i + 1) % n * 2;
            double mx = (p[a] + p[b]) / 2;
            double my = (p[a + 1] + p[b + 1]) / 2;
            if (i == 0) {
                path.moveTo(mx, my);
            } else {
                path.quadTo(p[a], p[a + 1], mx, my);
            }
        }
        path.closePath();
        return path;
    }

    /** A blend: {@code share} of the second colour. */
    static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) Math.round(a.getRed() + (b.getRed() - a.getRed()) * share),
                (int) Math.round(a.getGreen() + (b.getGreen() - a.getGreen()) * share),
                (int) Math.round(a.getBlue() + (b.getBlue() - a.getBlue()) * share));
    }
}
