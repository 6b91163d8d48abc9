package dev.glimpse.run;

import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.error.UserError;
import dev.glimpse.tensorboard.EventFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.csv}: one line {@code stage,step,name,value} per number, in the order in which they were measured, and the
 * same for TensorBoard in {@code tensorboard/STAGE}. What a stage wrote beyond the step it resumes at is removed, so an
 * interrupted run ends with the lines of an unbroken one.
 */
public final class Metrics {
    private static final String HEADER = "stage,step,name,value";

    private final Path file;
    private final String stage;
    private final EventFile events;

    /** One line. */
    public record Row(String stage, long step, String name, double value) {}

    /**
     * Opens the file for one stage.
     *
     * @param step lines of this stage beyond it are removed
     */
    public Metrics(Path file, String stage, long step) {
        this.file = file;
        this.stage = stage;
        List<Row> kept = read(file).stream()
                .filter(row -> !row.stage.equals(stage) || row.step <= step)
                .toList();
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        kept.forEach(row -> append(text, row));
        try {
            AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
            events = new EventFile(file.resolveSibling("tensorboard").resolve(stage), step);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Appends the numbers of one step. */
    public void record(long step, Map<String, Double> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> append(text, new Row(stage, step, name, value)));
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
            events.append(step, values);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** All lines; a last line that a killed writer left unfinished is dropped. */
    public static List<Row> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            List<Row> rows = new ArrayList<>();
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                String[] cells = line.split(",");
                if (cells.length == 4 && !line.equals(HEADER)) {
                    rows.add(new Row(cells[0], Long.parseLong(cells[1]), cells[2], Double.parseDouble(cells[3])));
                }
            }
            return rows;
        } catch (IOException | NumberFormatException e) {
            throw new UserError(file + ": not the metrics of a run: " + e.getMessage() + "; remove it", e);
        }
    }

    private static void append(StringBuilder text, Row row) {
        text.append(row.stage)
                .append(',')
                .append(row.step)
                .append(',')
                .append(row.name)
                .append(',');
        text.append((float) row.value).append('\n');
    }

    private UserError failed(IOException e) {
        return new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
    }
}
