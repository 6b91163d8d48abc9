package dev.glimpse.rollout;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import dev.glimpse.pipeline.Witness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidate that looks at the frames of the model at work, on a thread of its own, and says nothing to anybody. Frames that
 * come while it is busy pass it by: the live way never waits.
 */
final class Shadow implements Witness {
    private static final Logger log = LoggerFactory.getLogger(Shadow.class);
    private static final int MOST_FAILURES = 3;

    private final Captioner candidate;
    private final int wanted;
    private final BlockingQueue<Looked> next = new ArrayBlockingQueue<>(1);
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> servingMillis = new ArrayList<>();
    private double agreement;
    private int frames;
    private int failures;
    private int same;
    private volatile boolean stopped;

    /** @param wanted frames to compare */
    Shadow(Captioner candidate, int wanted) {
        this.candidate = candidate;
        this.wanted = wanted;
    }

    private record Looked(Picture picture, Sight sight, double millis) {}

    @Override
    public void looked(Picture picture, Sight sight, double sightMillis) {
        next.offer(new Looked(picture, sight, sightMillis));
    }

    void stop() {
        stopped = true;
    }

    /** Compares until there are enough frames, too many failures, or {@link #stop}; on the calling thread. */
    ShadowReport run() throws InterruptedException {
        while (!stopped && frames < wanted && failures < MOST_FAILURES) {
            Looked looked = next.poll(200, TimeUnit.MILLISECONDS);
            if (looked != null) {
                compare(looked);
            }
        }
        return report();
    }

    private void compare(Looked looked) {
        long started = System.nanoTime();
        Sight sight;
        try {
            sight = candidate.look(List.of(looked.picture())).get(0);
        } catch (RuntimeException e) {
            failures++;
            log.warn("The candidate failed on a frame: {}", e.toString());
            return;
        }
        synchronized (this) {
            millis.add((System.nanoTime() - started) / 1e6);
            servingMillis.add(looked.millis());
            agreement += Agreement.of(looked.sight(), sight);
            same += sight.caption().text().equals(looked.sight().caption().text()) ? 1 : 0;
            frames++;
        }
    }

    /** What was found so far. Any thread. */
    synchronized ShadowReport report() {
        return new ShadowReport(
                frames, failures, same, frames == 0 ? 0 : agreement / frames, median(millis), median(servingMillis));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
