package dev.glimpse.scene.view;

import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Scene;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.DataBufferInt;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The faults of a camera: soft focus, noise and the quality of its JPEG, the same for all pictures of a scene.
 *
 * @param softness 0 for a sharp picture, up to 1
 * @param noise standard deviation of each colour value, out of 255
 * @param quality of the JPEG, in (0, 1)
 */
public record Sensor(double softness, double noise, double quality) {
    private static final int NOISE_PERIOD = 8191;

    /** The sensor with which a scene is seen. */
    public static Sensor of(Scene scene) {
        Dice dice = new Dice(Dice.mix(scene.seed(), 33));
        double softness = dice.chance(0.2) ? dice.between(0.2, 1) : 0;
        double noise = dice.chance(0.5) ? dice.between(1, 7) : 0;
        return new Sensor(softness, noise, dice.between(0.62, 0.95));
    }

    /** The JPEG of a picture; {@code seed} decides the noise. */
    public byte[] expose(BufferedImage image, long seed) {
        BufferedImage picture = softness > 0 ? soften(image) : image;
        if (noise > 0) {
            speckle(picture, seed);
        }
        return jpeg(picture);
    }

    private BufferedImage soften(BufferedImage image) {
        float edge = (float) (softness * 0.11);
        float[] weights = {edge, edge, edge, edge, 1 - 8 * edge, edge, edge, edge, edge};
        BufferedImage soft = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        return new ConvolveOp(new Kernel(3, 3, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, soft);
    }

    private void speckle(BufferedImage image, long seed) {
        Dice dice = new Dice(seed);
        int[] table = new int[NOISE_PERIOD];
        for (int i = 0; i < NOISE_PERIOD; i++) {
            double sum = dice.between(-1, 1) + dice.between(-1, 1) + dice.between(-1, 1);
            table[i] = (int) Math.round(sum * noise);
        }
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int n = 0;
        for (int i = 0; i < pixels.length; i++) {
            int rgb = pixels[i];
            int r = clamp((rgb >> 16 & 255) + table[n++ % NOISE_PERIOD]);
            int g = clamp((rgb >> 8 & 255) + table[n++ % NOISE_PERIOD]);
            int b = clamp((rgb & 255) + table[n++ % NOISE_PERIOD]);
            pixels[i] = r << 16 | g << 8 | b;
        }
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(20_000);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality((float) quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory could not be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
