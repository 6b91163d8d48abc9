package dev.glimpse.cost;

import static dev.glimpse.error.UserError.require;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * How long something took over some runs, in milliseconds. Processor time is that of the thread that did the work: what else the
 * machine does counts in elapsed time only.
 *
 * @param median of processor time
 * @param lowest processor time of the fastest run
 * @param highest processor time of the slowest run
 * @param elapsed median of elapsed time
 * @param runs how many
 */
record Times(double median, double lowest, double highest, double elapsed, int runs) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** One run, in milliseconds. */
    record Run(double processor, double elapsed) {
        /** Does the work on this thread. */
        static Run of(Runnable work) {
            long start = System.nanoTime();
            long used = THREADS.getCurrentThreadCpuTime();
            work.run();
            return new Run((THREADS.getCurrentThreadCpuTime() - used) / 1e6, (System.nanoTime() - start) / 1e6);
        }
    }

    /** @param runs at least one */
    static Times of(List<Run> runs) {
        require(!runs.isEmpty(), "nothing was run");
        List<Double> processor = runs.stream().map(Run::processor).sorted().toList();
        List<Double> elapsed = runs.stream().map(Run::elapsed).sorted().toList();
        return new Times(
                median(processor), processor.get(0), processor.get(runs.size() - 1), median(elapsed), runs.size());
    }

    private static double median(List<Double> sorted) {
        int last = sorted.size() - 1;
        return (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    }
}
