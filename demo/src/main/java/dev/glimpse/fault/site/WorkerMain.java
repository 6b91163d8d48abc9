package dev.glimpse.fault.site;

import dev.glimpse.edge.ClassArchive;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.json.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;

/**
 * A worker as a process of its own, as {@code glimpse run} starts and ends it. Argument: file of {@link WorkerSettings}. Says
 * {@code ready} when it takes part, and {@code heap BYTES}, what the last collection left, every second.
 */
final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws Exception {
        Orphan.watch();
        EdgeRuntime runtime = StubRuntime.of(Json.read(Path.of(arguments[0]), WorkerSettings.class));
        runtime.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            runtime.close();
            ClassArchive.keep();
            Runtime.getRuntime().halt(0);
        }));
        Thread reporter = new Thread(() -> report(runtime), "reporter");
        reporter.setDaemon(true);
        reporter.start();
        Throwable cause = runtime.failure().join();
        System.out.println("failed " + cause);
        Runtime.getRuntime().halt(1);
    }

    private static void report(EdgeRuntime runtime) {
        try {
            while (!runtime.ready()) {
                Thread.sleep(10);
            }
            System.out.println("ready");
            while (true) {
                System.out.println("heap " + heapAfterCollection());
                Thread.sleep(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes on the heap after the last collection, over all pools that say so. */
    private static long heapAfterCollection() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getCollectionUsage();
            sum += after == null ? 0 : after.getUsed();
        }
        return sum;
    }
}
