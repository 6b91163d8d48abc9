package dev.glimpse.fault.site;

import dev.glimpse.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The workers of one group, by slot. One that ends unasked is noted and started again, as a supervisor would. */
public final class Crew implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(15);
    private static final String HEAP = "-Xmx256m";
    private static final String QUIET = "-Xlog:cds=off,cds+dynamic=off";

    private final Children children;
    private final Path folder;
    private final WorkerSettings template;
    private final Map<Integer, Child> slots = new TreeMap<>();
    private final List<String> endedUnasked = new ArrayList<>();
    private List<String> options = List.of(HEAP);
    private int launched;

    /** @param folder where the workers' settings are written */
    public Crew(Children children, Path folder, WorkerSettings template) {
        this.children = children;
        this.folder = folder;
        this.template = template;
    }

    /** Starts a slot and returns at once. */
    public Child launch(int slot) throws IOException {
        Child child = launch(template.inSlot(slot));
        slots.put(slot, child);
        return child;
    }

    /** Starts a worker that this crew does not look after. */
    public Child launch(WorkerSettings settings) throws IOException {
        Path file = folder.resolve("worker-" + launched++ + ".json");
        Json.write(file, settings);
        return children.java(
                settings.group() + "-" + settings.slot(), options, WorkerMain.class, List.of(file.toString()));
    }

    /** Starts slots 0 to count - 1 and waits until all take part. */
    public void start(int count) throws IOException, InterruptedException {
        for (int slot = 0; slot < count; slot++) {
            launch(slot);
        }
        for (int slot = 0; slot < count; slot++) {
            awaitReady(slot);
        }
    }

    /**
     * Workers launched from now on keep their classes when they are told to end, as the launcher has it the first time. Java
     * cannot where classes lie in a folder, as they do in Maven's tests; nothing is kept then.
     */
    public void keepClasses() {
        boolean jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
        if (jars) {
            options = List.of(HEAP, QUIET, "-XX:+RecordDynamicDumpInfo", "-Dglimpse.classes=" + archive());
        }
    }

    /** Ends all workers; those launched from now on map the classes that were kept. */
    public void mapClasses() throws IOException, InterruptedException {
        List<String> stubborn = end();
        boolean kept = Files.exists(archive());
        if (!stubborn.isEmpty() || (options.size() > 1 && !kept)) {
            throw new IOException("workers " + stubborn + " did not end on SIGTERM, or kept no classes");
        }
        if (kept) {
            options = List.of(HEAP, QUIET, "-XX:SharedArchiveFile=" + archive());
        }
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    public void awaitReady(int slot) throws IOException, InterruptedException {
        child(slot).awaitReady(START);
    }

    public Child child(int slot) {
        Child child = slots.get(slot);
        if (child == null) {
            throw new IllegalStateException("slot " + slot + " of " + template.group() + " was never started");
        }
        return child;
    }

    public WorkerSettings template() {
        return template;
    }

    /** kill -9, and it stays dead until {@link #launch}. */
    public void kill(int slot) throws InterruptedException {
        child(slot).kill();
        slots.remove(slot);
    }

    /** Starts again what ended by itself. */
    public void supervise() throws IOException {
        for (Map.Entry<Integer, Child> entry : List.copyOf(slots.entrySet())) {
            if (!entry.getValue().alive()) {
                endedUnasked.add(entry.getValue().name() + ": "
                        + entry.getValue().lastSaid("failed ").orElse("no word"));
                launch(entry.getKey());
            }
        }
    }

    /** Workers that ended without being told to, with what they said. */
    public List<String> endedUnasked() {
        return List.copyOf(endedUnasked);
    }

    /** SIGTERM to all; the names of those that did not end in time. */
    public List<String> end() throws IOException, InterruptedException {
        List<String> stubborn = new ArrayList<>();
        for (Child child : slots.values()) {
            if (!child.end(END)) {
                stubborn.add(child.name());
            }
        }
        slots.clear();
        return stubborn;
    }

    @Override
    public void close() throws InterruptedException {
        for (Child child : slots.values()) {
            child.kill();
        }
        slots.clear();
    }
}
