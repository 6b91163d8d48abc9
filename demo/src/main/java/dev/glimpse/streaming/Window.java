package dev.glimpse.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The middle of a run, from its first tenth to its last: how fast frames were finished in it, and what that took of the
 * processor. Starting up and running empty lie outside.
 *
 * <p>Thread-safe.
 */
final class Window {
    private final long first;
    private final long last;
    private final List<ProcessHandle> processes;
    private final List<Moment> moments = new ArrayList<>();
    private long finished;

    /**
     * @param frames of the whole run, at least 10
     * @param processes whose processor time is of interest
     */
    Window(long frames, List<ProcessHandle> processes) {
        this.first = frames / 10;
        this.last = frames - frames / 10;
        this.processes = List.copyOf(processes);
    }

    private record Moment(long nanos, List<Long> processorNanos) {}

    /**
     * How fast it went.
     *
     * @param perSecond frames a second
     * @param processorMillis of each process, for each frame
     */
    record Rate(double perSecond, List<Double> processorMillis) {
        Rate {
            processorMillis = List.copyOf(processorMillis);
        }
    }

    /** One more frame is finished. */
    synchronized void finished() {
        finished++;
        if (finished == first || finished == last) {
            moments.add(new Moment(
                    System.nanoTime(),
                    processes.stream().map(Window::processorNanos).toList()));
        }
    }

    /** How fast it went; once the run is over. */
    synchronized Rate rate() {
        if (moments.size() != 2) {
            throw new IllegalStateException("the run is not over: " + finished + " frames are finished");
        }
        Moment begin = moments.get(0);
        Moment end = moments.get(1);
        double frames = last - first;
        List<Double> processor = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            processor.add((end.processorNanos().get(i) - begin.processorNanos().get(i)) / 1e6 / frames);
        }
        return new Rate(frames * 1e9 / (end.nanos() - begin.nanos()), processor);
    }

    private static long processorNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
}
