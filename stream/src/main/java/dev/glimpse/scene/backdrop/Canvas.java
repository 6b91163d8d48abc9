package dev.glimpse.scene.backdrop;

import dev.glimpse.scene.thing.Dice;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Plain strokes in scene units on one graphics, from {@link #WEST} to {@link #EAST} and {@link #TOP} to {@link #BOTTOM}. */
record Canvas(Graphics2D g, Dice dice) {
    static final double WEST = -110;
    static final double EAST = 430;
    static final double TOP = -40;
    static final double BOTTOM = 290;

    /** A band over the whole width, shaded from its upper to its lower colour. */
    void band(double y1, double y2, Color upper, Color lower) {
        g.setPaint(new GradientPaint(0, (float) y1, upper, 0, (float) y2, lower));
        g.fill(new Rectangle2D.Double(WEST, y1, EAST - WEST, y2 - y1));
    }

    void fill(Shape shape, Color colour) {
        g.setColor(colour);
        g.fill(shape);
    }

    void rect(double x, double y, double w, double h, Color colour) {
        fill(new Rectangle2D.Double(x, y, w, h), colour);
    }

    void oval(double x, double y, double rx, double ry, Color colour) {
        fill(new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry), colour);
    }

    void poly(Color colour, double... p) {
        Path2D path = new Path2D.Double();
        path.moveTo(p[0], p[1]);
        for (int i = 2; i < p.length; i += 2) {
            path.lineTo(p[i], p[i + 1]);
        }
        path.closePath();
        fill(path, colour);
    }

    void line(double x1, double y1, double x2, double y2, double width, Color colour) {
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(colour);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** Light that fades to nothing at distance r. */
    void glow(double x, double y, double r, Color colour) {
        Color none = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0);
        g.setPaint(new RadialGradientPaint(
                (float) x, (float) y, (float) r, new float[] {0, 1}, new Color[] {colour, none}));
        g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
    }

    /** A rolling outline over the whole width, filled down to {@code bottom}. */
    void hills(double y, double height, double length, double bottom, Color upper, Color lower) {
        Path2D path = new Path2D.Double();
        double shift = dice.between(0, 2 * Math.PI);
        path.moveTo(WEST, bottom);
        for (double x = WEST; x <= EAST; x += 6) {
            double wave = Math.sin(x / length + shift) + 0.5 * Math.sin(x / length * 2.3 + 2 * shift);
            path.lineTo(x, y - height * (0.6 + 0.4 * wave));
        }
        path.lineTo(EAST, bottom);
        path.closePath();
        g.setPaint(new GradientPaint(0, (float) (y - height), upper, 0, (float) bottom, lower));
        g.fill(path);
    }

    /** Small marks of one colour strewn over a band, larger towards its lower edge. */
    void strew(int count, double y1, double y2, double size, Color colour) {
        for (int i = 0; i < count; i++) {
            double t = dice.between(0, 1);
            double s = size * (0.4 + 0.8 * t);
            oval(dice.between(WEST, EAST), y1 + t * (y2 - y1), s, s * 0.5, colour);
        }
    }
}
