package dev.glimpse.dataset;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;

/**
 * A JSON object of lists, written element by element, one a line: it takes no memory, whatever its length. {@link #finish}
 * gives the file its name, so that a file of that name is always whole.
 */
final class ListsFile implements AutoCloseable {
    private static final ObjectWriter ELEMENT = Json.mapper().writer().without(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Path temporary;
    private final OutputStream out;
    private String before = "{\n"; // what stands before the next thing that is written
    private boolean open;

    ListsFile(Path file) {
        this.file = file;
        this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Ends the list before and begins another. */
    void list(String name) {
        if (open) {
            before = "\n],\n";
        }
        text(before + "\"" + name + "\": [\n");
        open = true;
        before = "";
    }

    /** Ends the list before and writes a whole one. */
    void list(String name, Collection<?> elements) {
        list(name);
        elements.forEach(this::add);
    }

    /** Adds to the list that was begun. */
    void add(Object element) {
        try {
            text(before);
            out.write(ELEMENT.writeValueAsBytes(element));
            before = ",\n";
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Ends the file and gives it its name. */
    void finish() {
        text(open ? "\n]\n}\n" : "{}\n");
        try {
            out.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Without {@link #finish} before, what was written is removed. */
    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void text(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UserError failed(IOException e) {
        return new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
    }
}
