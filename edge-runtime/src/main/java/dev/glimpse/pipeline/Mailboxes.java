package dev.glimpse.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Frames that wait to be decoded, a short queue per camera. When a queue is full its oldest frame gives way to the newest.
 * Cameras take turns by deficit round robin (Shreedhar and Varghese 1995): at its turn a camera gets credit, and frames
 * leave while their cost is covered. A frame costs its bytes and, since the engine works as long for a small one, a fixed
 * part; so a camera that sends large frames does not slow down the others.
 *
 * <p>Thread-safe.
 */
public final class Mailboxes {
    private static final long FIXED_COST = 64 * 1024;
    private static final long QUANTUM = FIXED_COST;

    private final Limits limits;
    private final Map<String, Box> boxes = new HashMap<>();
    private final Deque<String> turns = new ArrayDeque<>();
    private long bytes;
    private int frames;
    private boolean closed;

    public Mailboxes(Limits limits) {
        this.limits = limits;
    }

    /** A frame that found no place, or lost it, and why. */
    public record Skip(Frame frame, SkipReason reason) {}

    private static final class Box {
        final Deque<Frame> frames = new ArrayDeque<>();
        long bytes;
        long credit;
    }

    /**
     * Puts a frame into its camera's mailbox.
     *
     * @return the frames that are skipped for it, oldest first; the frame itself when there is no place at all
     */
    public synchronized List<Skip> offer(Frame frame) {
        if (frame.bytes() > limits.cameraKilobytes() * 1024L) {
            return List.of(new Skip(frame, SkipReason.OVERLOAD));
        }
        List<Skip> skips = new ArrayList<>();
        Box box = boxes.computeIfAbsent(frame.camera(), camera -> new Box());
        while (!box.frames.isEmpty() && !fits(box, frame)) {
            skips.add(new Skip(pollFrom(box), SkipReason.SUPERSEDED));
        }
        if (bytes + frame.bytes() > limits.totalKilobytes() * 1024L) {
            skips.add(new Skip(frame, SkipReason.OVERLOAD));
        } else {
            box.frames.add(frame);
            box.bytes += frame.bytes();
            bytes += frame.bytes();
            frames++;
        }
        settleTurn(frame.camera(), box);
        notifyAll();
        return skips;
    }

    private boolean fits(Box box, Frame frame) {
        return box.frames.size() < limits.mailbox()
                && box.bytes + frame.bytes() <= limits.cameraKilobytes() * 1024L
                && bytes + frame.bytes() <= limits.totalKilobytes() * 1024L;
    }

    /** The next frame of the camera whose turn it is; empty when none waits. */
    public synchronized Optional<Frame> poll() {
        while (!turns.isEmpty()) {
            String camera = turns.element();
            Box box = boxes.get(camera);
            if (box == null || box.frames.isEmpty()) {
                throw new IllegalStateException("camera " + camera + " has a turn and no frame");
            }
            long cost = FIXED_COST + box.frames.element().bytes();
            if (box.credit < cost && turns.size() > 1) {
                box.credit += QUANTUM;
                turns.add(turns.remove());
                continue;
            }
            box.credit = Math.max(0, box.credit - cost);
            Frame frame = pollFrom(box);
            settleTurn(camera, box);
            return Optional.of(frame);
        }
        return Optional.empty();
    }

    /** Waits for a frame; empty once closed and emptied. */
    public synchronized Optional<Frame> take() throws InterruptedException {
        while (turns.isEmpty() && !closed) {
            wait();
        }
        return poll();
    }

    /** Takes out the waiting frames that match. */
    public synchronized List<Frame> withdraw(Predicate<Frame> which) {
        List<Frame> out = new ArrayList<>();
        for (Map.Entry<String, Box> entry : List.copyOf(boxes.entrySet())) {
            Box box = entry.getValue();
            for (Iterator<Frame> it = box.frames.iterator(); it.hasNext(); ) {
                Frame frame = it.next();
                if (which.test(frame)) {
                    it.remove();
                    forget(box, frame);
                    out.add(frame);
                }
            }
            settleTurn(entry.getKey(), box);
        }
        return out;
    }

    /** Lets {@link #take} return empty when nothing waits any more. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    public synchronized int frames() {
        return frames;
    }

    public synchronized long bytes() {
        return bytes;
    }

    private Frame pollFrom(Box box) {
        Frame frame = box.frames.remove();
        forget(box, frame);
        return frame;
    }

    private void forget(Box box, Frame frame) {
        box.bytes -= frame.bytes();
        bytes -= frame.bytes();
        frames--;
    }

    /** A camera has one turn while frames wait, and no trace is kept of one that has none. */
    private void settleTurn(String camera, Box box) {
        if (box.frames.isEmpty()) {
            boxes.remove(camera);
            turns.remove(camera);
        } else if (!turns.contains(camera)) {
            turns.add(camera);
        }
    }
}
