package dev.glimpse.demo;

import dev.glimpse.client.FrameSender;
import dev.glimpse.client.StopSignal;
import dev.glimpse.scene.SceneCamera;
import dev.glimpse.wire.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Cameras that look into scenes, one thread each, and send what they see. Drawing takes the time of a core that the
 * runtime wants, too: all cameras together draw at most {@value #DRAWN_PER_SECOND} pictures a second, and send a
 * picture again when more are asked for.
 */
final class Cameras implements AutoCloseable {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double DRAWN_PER_SECOND = 24;
    private static final double SECOND = 1e9;
    private static final int SCENE_SECONDS = 5; // half a minute of four cameras then shows two dozen scenes
    private static final int SEEDS_PER_SCENE = 1000;

    private final FrameSender sender;
    private final LiveCaptions truths;
    private final StopSignal stop = new StopSignal();
    private final ExecutorService threads;
    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    /** Starts the cameras. */
    Cameras(int cameras, double fps, FrameSender sender, LiveCaptions truths) {
        this.sender = sender;
        this.truths = truths;
        this.threads = Executors.newFixedThreadPool(cameras);
        double drawn = Math.min(fps, DRAWN_PER_SECOND / cameras);
        for (int number = 1; number <= cameras; number++) {
            int camera = number;
            long late = (long) (SECOND / fps * (number - 1) / cameras); // not all at the same moment
            running.add(CompletableFuture.runAsync(() -> run(camera, fps, drawn, late), threads));
        }
    }

    /** Throws what ended a camera, if something did. */
    void check() {
        running.forEach(camera -> Failure.check(camera, "a camera"));
    }

    /** Tells every camera to end and waits until it has. */
    @Override
    public void close() throws InterruptedException {
        stop.set();
        threads.shutdown();
        while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            // a camera waits for the broker; its producer gives up in time
        }
    }

    /** Sends frame n at start + n / fps, drawing anew every so many frames; a beat that was missed is left out. */
    private void run(int camera, double fps, double drawn, long late) {
        String name = "camera-" + camera;
        long start = System.nanoTime() + late;
        int scene = 0;
        SceneCamera scenes = new SceneCamera(seed(camera, scene), WIDTH, HEIGHT, drawn);
        var shown = scenes.next();
        double drawNext = fps / drawn;
        try {
            for (long n = 0; !stop.await(until(start, n, fps)); n = Math.max(n + 1, beat(start, fps))) {
                if (n >= (scene + 1) * SCENE_SECONDS * fps) {
                    scenes = new SceneCamera(seed(camera, ++scene), WIDTH, HEIGHT, drawn);
                }
                if (n >= drawNext) {
                    shown = scenes.next();
                    drawNext = Math.max(drawNext + fps / drawn, (double) n);
                }
                String id = name + "/" + n;
                truths.sent(id, shown.truth().captions());
                sender.send(Frame.jpeg(name, id, "scenes", Instant.now(), shown.jpeg()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long seed(int camera, int scene) {
        return camera + (long) scene * SEEDS_PER_SCENE;
    }

    private static Duration until(long start, long n, double fps) {
        return Duration.ofNanos(start + (long) (n * SECOND / fps) - System.nanoTime());
    }

    private static long beat(long start, double fps) {
        return (long) ((System.nanoTime() - start) / SECOND * fps);
    }
}
