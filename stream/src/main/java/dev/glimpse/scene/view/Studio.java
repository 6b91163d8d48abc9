package dev.glimpse.scene.view;

import dev.glimpse.box.Box;
import dev.glimpse.scene.backdrop.Air;
import dev.glimpse.scene.backdrop.Backdrop;
import dev.glimpse.scene.shape.Art;
import dev.glimpse.scene.shape.Brush;
import dev.glimpse.scene.stage.Motion;
import dev.glimpse.scene.stage.Pose;
import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Tie;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Takes pictures of one scene at any time. Paints the backdrop once; not for use by several threads. */
public final class Studio {
    /** Things of which less than this share can be seen do not count as seen. */
    public static final double MIN_SHARE = 0.25;

    private final Scene scene;
    private final int width;
    private final int height;
    private final double k;
    private final BufferedImage backdrop;

    /** A studio for pictures of this size; the height should be about three quarters of the width. */
    public Studio(Scene scene, int width, int height) {
        this.scene = scene;
        this.width = width;
        this.height = height;
        k = width / 320.0;
        Rectangle2D extent = Backdrop.extent();
        backdrop = new BufferedImage(
                (int) Math.ceil(extent.getWidth() * k),
                (int) Math.ceil(extent.getHeight() * k),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = graphics(backdrop);
        g.scale(k, k);
        g.translate(-extent.getX(), -extent.getY());
        Backdrop.paint(g, scene);
        g.dispose();
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        return g;
    }

    /** The picture at a time, before the sensor adds its faults. */
    public Shot shoot(double seconds) {
        List<Pose> poses = Motion.poses(scene, seconds);
        Pose subject =
                poses.stream().filter(p -> p.thing().id() == 0).findFirst().orElseThrow();
        AffineTransform toPixels = Lens.at(scene, subject, seconds).toPixels(width, height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = graphics(image);
        g.transform(toPixels);
        AffineTransform ground = new AffineTransform();
        ground.translate(Backdrop.extent().getX(), Backdrop.extent().getY());
        ground.scale(1 / k, 1 / k);
        g.drawImage(backdrop, ground, null);
        int[] owner = new int[width * height];
        int[] total = new int[scene.things().size()];
        for (Pose pose : poses) {
            shadow(g, pose);
            string(g, pose, poses);
            total[pose.thing().id()] = stamp(image, pose, toPixels, owner);
        }
        Air.light(g, scene);
        lamps(g, poses);
        Air.weather(g, scene, seconds);
        g.dispose();
        return new Shot(image, new View(scene, width, height, seen(poses, owner, total)));
    }

    private static void shadow(Graphics2D g, Pose pose) {
        if (pose.thing().tie() == Tie.NONE && pose.thing().category().habitat() != Habitat.SKY) {
            double rx = pose.width() * 0.5 * (1 - Math.min(0.5, pose.lift() / 80));
            Air.shadow(g, pose.x() + rx * 0.12, pose.y() + pose.lift() - 0.5, rx, Math.min(11, rx * 0.2), 1);
        }
    }

    private static void string(Graphics2D g, Pose pose, List<Pose> poses) {
        for (Pose kite : poses) {
            if (kite.thing().tie() == Tie.STRING
                    && kite.thing().host() == pose.thing().id()) {
                g.setStroke(new BasicStroke(0.9f));
                g.setColor(new Color(60, 50, 60, 200));
                double handX = pose.x() + pose.side() * pose.width() * 0.42;
                g.draw(new Line2D.Double(
                        handX, pose.y() - pose.height() * 0.5, kite.x(), kite.y() - kite.height() * 0.66));
            }
        }
    }

    /** Paints a thing on the picture, marks its pixels as its own, and gives the number it has with nothing cut off. */
    private int stamp(BufferedImage image, Pose pose, AffineTransform toPixels, int[] owner) {
        Rectangle2D reach = toPixels.createTransformedShape(new Rectangle2D.Double(
                        pose.x() - pose.width() * 0.8,
                        pose.y() - pose.height() * 1.25,
                        pose.width() * 1.6,
                        pose.height() * 1.45))
                .getBounds2D();
        int left = (int) Math.floor(reach.getMinX());
        int top = (int) Math.floor(reach.getMinY());
        int w = (int) Math.ceil(reach.getWidth()) + 1;
        int h = (int) Math.ceil(reach.getHeight()) + 1;
        BufferedImage sprite = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
        Graphics2D s = graphics(sprite);
        s.translate(-left, -top);
        s.transform(toPixels);
        s.translate(pose.x(), pose.y());
        s.scale(pose.scale() * pose.side(), pose.scale());
        Art.paint(pose.thing().category(), new Brush(s, pose));
        s.dispose();
        Graphics2D g = image.createGraphics();
        g.drawImage(sprite, left, top, null);
        g.dispose();
        return own(sprite, left, top, pose.thing().id() + 1, owner);
    }

    private int own(BufferedImage sprite, int left, int top, int id, int[] owner) {
        int[] pixels = ((DataBufferInt) sprite.getRaster().getDataBuffer()).getData();
        int w = sprite.getWidth();
        int count = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >>> 24 > 127) {
                count++;
                int x = left + i % w;
                int y = top + i / w;
                if (x >= 0 && x < width && y >= 0 && y < height) {
                    owner[y * width + x] = id;
                }
            }
        }
        return count;
    }

    private void lamps(Graphics2D g, List<Pose> poses) {
        for (Pose p : poses) {
            double side = p.side() * p.width();
            switch (p.thing().category()) {
                case LAMP -> Air.glow(g, p.x(), p.y() - p.height() * 0.8, 46 * p.scale());
                case LIGHTHOUSE -> glow(g, p.x(), p.y() - p.height() * 0.84, 34 * p.scale());
                case CAR, BUS, TRUCK -> glow(g, p.x() + side * 0.48, p.y() - p.height() * 0.36, 20 * p.scale());
                case HOUSE -> glow(g, p.x(), p.y() - p.height() * 0.35, 40 * p.scale());
                default -> {}
            }
        }
    }

    private void glow(Graphics2D g, double x, double y, double radius) {
        if (scene.light() != Light.DAY) {
            Air.glow(g, x, y, radius);
        }
    }

    private List<Seen> seen(List<Pose> poses, int[] owner, int[] total) {
        int n = total.length;
        int[] area = new int[n];
        int[] x1 = new int[n];
        int[] y1 = new int[n];
        int[] x2 = new int[n];
        int[] y2 = new int[n];
        Arrays.fill(x1, width);
        Arrays.fill(y1, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int id = owner[y * width + x] - 1;
                if (id >= 0) {
                    area[id]++;
                    x1[id] = Math.min(x1[id], x);
                    y1[id] = Math.min(y1[id], y);
                    x2[id] = Math.max(x2[id], x + 1);
                    y2[id] = Math.max(y2[id], y + 1);
                }
            }
        }
        List<Seen> seen = new ArrayList<>();
        for (Pose pose : poses) {
            int i = pose.thing().id();
            double share = total[i] == 0 ? 0 : (double) area[i] / total[i];
            boolean large = Math.min(x2[i] - x1[i], y2[i] - y1[i]) >= 10 * k;
            if (share >= MIN_SHARE && large) {
                Box box = new Box(x1[i], y1[i], x2[i], y2[i]);
                seen.add(new Seen(pose, box, area[i], share, salience(box, area[i])));
            }
        }
        seen.sort(Comparator.comparingDouble(Seen::salience).reversed());
        return seen;
    }

    private double salience(Box box, int area) {
        double dx = ((box.x1() + box.x2()) / width - 1) * 1.15;
        double dy = (box.y1() + box.y2()) / height - 1.1;
        return (double) area / (width * height) * Math.exp(-1.2 * (dx * dx + 0.5 * dy * dy));
    }
}
