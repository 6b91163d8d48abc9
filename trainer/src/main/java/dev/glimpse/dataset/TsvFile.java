package dev.glimpse.dataset;

import dev.glimpse.error.UserError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of tab-separated rows in, its rows in their order out, one at a time. Where a {@code .lineidx} lies beside it (the
 * byte at which each row begins, one a line), every row must begin where it says: a file that was cut or joined wrongly is
 * noticed. Used by one thread.
 */
final class TsvFile implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private final List<Long> starts;
    private long position;
    private int row;

    TsvFile(Path file) {
        this.file = file;
        this.starts = index(file);
        try {
            this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 20);
        } catch (IOException e) {
            throw new UserError(
                    file + ": expected a file of tab-separated rows, it cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The fields of the next row; nothing at the end. */
    Optional<String[]> next() {
        long start = position;
        String line = line();
        if (line.isEmpty() && position == start) {
            UserError.require(
                    starts.isEmpty() || row == starts.size(),
                    "%s ends after %d rows, but its .lineidx lists %d; download it again",
                    file,
                    row,
                    starts.size());
            return Optional.empty();
        }
        UserError.require(
                starts.isEmpty() || (row < starts.size() && starts.get(row) == start),
                "%s: row %d begins at byte %d, but its .lineidx says %s; download both again",
                file,
                row + 1,
                start,
                row < starts.size() ? starts.get(row).toString() : "that there is none");
        row++;
        return Optional.of(line.split("\t", -1));
    }

    /** Where the last row stands, for errors: {@code FILE:ROW}. */
    String where() {
        return file + ":" + row;
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                position++;
                if (b == '\n') {
                    break;
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static List<Long> index(Path file) {
        String name = file.getFileName().toString();
        Path index = file.resolveSibling(name.replaceFirst("\\.tsv$", "") + ".lineidx");
        List<Long> starts = new ArrayList<>();
        if (Files.exists(index)) {
            try {
                for (String line : Files.readAllLines(index)) {
                    starts.add(Long.parseLong(line.strip()));
                }
            } catch (IOException | NumberFormatException e) {
                throw new UserError(index + ": expected one byte position a line: " + e.getMessage(), e);
            }
        }
        return starts;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UserError(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
