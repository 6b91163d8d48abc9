package dev.glimpse.tensorboard;

import dev.glimpse.atomic.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Numbers by step in, a file {@code events.out.tfevents.glimpse} out that TensorBoard shows as curves. Used by one thread;
 * nothing stays open between two calls.
 */
public final class EventFile {
    /** TensorBoard looks for {@code tfevents} in names. */
    public static final String NAME = "events.out.tfevents.glimpse";

    private final Path file;

    /**
     * Goes on with the file of a folder, or begins it. Events beyond {@code step} are removed, and so is what a killed writer
     * left unfinished at the end.
     *
     * @param folder becomes the name of the run in TensorBoard; made if it is not there
     * @param step last step whose events are kept
     */
    public EventFile(Path folder, long step) throws IOException {
        this.file = folder.resolve(NAME);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.writeBytes(Records.frame(Event.version(now()).bytes()));
        if (Files.exists(file)) {
            for (byte[] record : Records.read(Files.readAllBytes(file))) {
                Event event = Event.of(record);
                if (!event.scalars().isEmpty() && event.step() <= step) {
                    kept.writeBytes(Records.frame(record));
                }
            }
        }
        AtomicFile.write(file, kept.toByteArray());
    }

    /** Appends the numbers of one step. */
    public void append(long step, Map<String, Double> scalars) throws IOException {
        byte[] record = Records.frame(new Event(now(), step, "", scalars).bytes());
        Files.write(file, record, StandardOpenOption.APPEND);
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
