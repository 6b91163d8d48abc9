package dev.glimpse.streaming;

import dev.glimpse.scene.SceneCamera;
import java.util.List;
import java.util.stream.Stream;

/** JPEGs of drawn scenes, the same whenever they are drawn; frame n has picture n modulo their number. */
record Pictures(List<byte[]> jpegs) {
    static final int CAMERAS = 4;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final long SEED = 7;

    /** @param count how many, at least 1 */
    static Pictures draw(int count) {
        SceneCamera camera = new SceneCamera(SEED, WIDTH, HEIGHT, 1);
        return new Pictures(
                Stream.generate(() -> camera.next().jpeg()).limit(count).toList());
    }

    /** The picture of a frame. */
    byte[] of(long frame) {
        return jpegs.get((int) (frame % jpegs.size()));
    }

    /** The camera of a frame. */
    static String camera(long frame) {
        return "camera-" + frame % CAMERAS;
    }

    /** Bytes of a picture, on average. */
    long meanBytes() {
        return Math.round(jpegs.stream().mapToInt(jpeg -> jpeg.length).average().orElse(0));
    }
}
