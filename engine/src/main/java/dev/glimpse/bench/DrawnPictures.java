package dev.glimpse.bench;

import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures to measure with: the user's, or drawn shapes that are the same every time. */
final class DrawnPictures {
    private static final int COUNT = 32;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int QUALITY = 90;

    private DrawnPictures() {}

    /** The files' contents; without files, 32 JPEGs of shapes. */
    static List<byte[]> encoded(List<Path> files) throws IOException {
        List<byte[]> encoded = new ArrayList<>();
        for (Path file : files) {
            encoded.add(Files.readAllBytes(file));
        }
        if (files.isEmpty()) {
            shapes().forEach(picture -> encoded.add(PictureEncoder.jpeg(picture, QUALITY)));
        }
        return encoded;
    }

    /** Pictures of shapes, 640 x 480. */
    static List<Picture> shapes() {
        List<Picture> pictures = new ArrayList<>();
        for (int seed = 0; seed < COUNT; seed++) {
            pictures.add(shapes(new Random(seed)));
        }
        return pictures;
    }

    /** Rectangles of random place, size and colour on a plain ground. */
    private static Picture shapes(Random random) {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        for (int shape = 0; shape < 6; shape++) {
            int left = shape == 0 ? 0 : random.nextInt(WIDTH);
            int top = shape == 0 ? 0 : random.nextInt(HEIGHT);
            int right = shape == 0 ? WIDTH : Math.min(WIDTH, left + 40 + random.nextInt(200));
            int bottom = shape == 0 ? HEIGHT : Math.min(HEIGHT, top + 40 + random.nextInt(200));
            byte[] colour = new byte[3];
            random.nextBytes(colour);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    System.arraycopy(colour, 0, rgb, 3 * (y * WIDTH + x), 3);
                }
            }
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }
}
