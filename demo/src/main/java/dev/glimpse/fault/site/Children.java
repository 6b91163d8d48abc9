package dev.glimpse.fault.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts processes and ends every one of them: on {@link #close}, when this process ends, and, since each watches its
 * standard input, when this process is killed. Thread-safe.
 */
public final class Children implements AutoCloseable {
    private static final String LOGGING = "dev/glimpse/fault/site/child-logback.xml";

    private final Path folder;
    private final List<Child> all = new ArrayList<>();
    private final Thread hook = new Thread(this::killAll, "kill-children");

    /** @param folder where each child's log goes */
    public Children(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where the logs are. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts this Java with a class of this class path.
     *
     * @param name of the child and its log; children of the same name share a log
     * @param options of the virtual machine
     */
    public synchronized Child java(String name, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.add("-Djava.awt.headless=true");
        command.add("-Dorg.bytedeco.javacpp.platform.extension=");
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.add("-Dlogback.configurationFile=" + LOGGING);
        command.add(main.getName());
        command.addAll(arguments);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        environment.putIfAbsent("OPENCV_IO_MAX_IMAGE_PIXELS", "16777216");
        int before = Files.exists(log) ? (int) Files.size(log) : 0;
        Child child = new Child(name, builder.start(), log, before);
        all.removeIf(old -> !old.alive());
        all.add(child);
        return child;
    }

    /** Kills what still lives. */
    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this process is ending: the hook itself is running
        }
    }

    private synchronized void killAll() {
        for (Child child : all) {
            try {
                child.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        all.clear();
    }
}
