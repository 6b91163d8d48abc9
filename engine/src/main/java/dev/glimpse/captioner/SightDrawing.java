package dev.glimpse.captioner;

import dev.glimpse.box.Box;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A picture and what was seen in it in, the picture with boxes, tags and the caption as a title out. */
final class SightDrawing {
    private static final Color PAPER = new Color(0x1B1B1B);
    private static final int QUALITY = 92;
    private static final int MINIMUM_WIDTH = 320;

    private SightDrawing() {}

    /** Writes a JPEG named after the file into the folder; an older one of that name is replaced. */
    static void write(Path folder, Path file, Picture picture, Sight sight, Optional<Answer> answer) {
        Path target = folder.resolve(name(file));
        try {
            Files.write(target, PictureEncoder.jpeg(draw(picture, sight, answer), QUALITY));
        } catch (IOException e) {
            throw new UserError("%s: cannot be written: %s; is the disk full?".formatted(target, e.getMessage()), e);
        }
    }

    /** The file's own name; of another format than JPEG, with .jpg behind it. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.toLowerCase(Locale.ROOT).matches(".*\\.jpe?g") ? name : name + ".jpg";
    }

    /** The drawing: a title of as many lines as it needs above the picture, which grows if it is very small. */
    static Picture draw(Picture picture, Sight sight, Optional<Answer> answer) {
        float scale = Math.max(1, (float) MINIMUM_WIDTH / picture.width());
        int width = Math.round(picture.width() * scale);
        int height = Math.round(picture.height() * scale);
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(12, width / 36));
        String title =
                sight.caption().text() + answer.map(a -> " | " + a.text()).orElse("");
        List<String> lines = lines(title, font, width);
        int lineHeight = font.getSize() * 3 / 2;
        int top = lines.size() * lineHeight + font.getSize() / 2;
        BufferedImage canvas = new BufferedImage(width, top + height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = canvas.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.setFont(font);
        g.setColor(PAPER);
        g.fillRect(0, 0, width, top);
        g.setColor(Color.WHITE);
        for (int i = 0; i < lines.size(); i++) {
            g.drawString(lines.get(i), font.getSize() / 2, (i + 1) * lineHeight - font.getSize() / 4);
        }
        g.translate(0, top);
        g.drawImage(image(picture), 0, 0, width, height, null);
        // The strongest last, so that it lies on top.
        for (int r = sight.regions().size() - 1; r >= 0; r--) {
            region(g, sight.regions().get(r), scale);
        }
        g.dispose();
        return picture(canvas);
    }

    private static void region(Graphics2D g, Region region, float scale) {
        Box box = region.box().scale(scale, scale);
        g.setColor(Color.getHSBColor(Math.floorMod(region.tag().hashCode() * 31, 360) / 360f, .75f, .95f));
        g.setStroke(new BasicStroke(Math.max(1.5f, g.getFont().getSize() / 8f)));
        g.draw(new Rectangle2D.Float(box.x1(), box.y1(), box.width(), box.height()));
        String label = "%s %.0f%%".formatted(region.tag(), 100 * region.score());
        FontMetrics metrics = g.getFontMetrics();
        g.fill(new Rectangle2D.Float(box.x1(), box.y1(), metrics.stringWidth(label) + 6, metrics.getHeight()));
        g.setColor(Color.BLACK);
        g.drawString(label, box.x1() + 3, box.y1() + metrics.getAscent());
    }

    private static List<String> lines(String text, Font font, int width) {
        FontMetrics metrics = metrics(font);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && metrics.stringWidth(line + " " + word) > width - font.getSize()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static FontMetrics metrics(Font font) {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR).createGraphics();
        try {
            return g.getFontMetrics(font);
        } catch (RuntimeException | InternalError | LinkageError e) { // whichever, by what is missing
            throw new UserError(
                    "a drawing needs a font, found none; on Debian: apt-get install fontconfig fonts-dejavu-core", e);
        } finally {
            g.dispose();
        }
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        swapped(picture.rgb(), ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
        return image;
    }

    private static Picture picture(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        swapped(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
        return new Picture(image.getWidth(), image.getHeight(), rgb);
    }

    /** RGB to BGR, or back. */
    private static void swapped(byte[] from, byte[] to) {
        for (int i = 0; i < from.length; i += 3) {
            to[i] = from[i + 2];
            to[i + 1] = from[i + 1];
            to[i + 2] = from[i];
        }
    }
}
