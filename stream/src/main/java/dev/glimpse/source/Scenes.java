package dev.glimpse.source;

import dev.glimpse.scene.SceneCamera;
import java.util.Optional;

/** A camera that looks into one drawn scene after another, without end. */
final class Scenes implements FrameSource {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    private final SceneCamera camera;
    private final double rate;

    Scenes(long seed, double rate) {
        this.camera = new SceneCamera(seed, WIDTH, HEIGHT, rate);
        this.rate = rate;
    }

    @Override
    public Optional<SourcePicture> next() {
        return Optional.of(SourcePicture.jpeg(camera.next().jpeg()));
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public void close() {}
}
