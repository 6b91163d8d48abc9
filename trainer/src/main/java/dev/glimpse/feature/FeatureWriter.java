package dev.glimpse.feature;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a feature store picture by picture into {@code FILE.tmp}; {@link #finish} gives it its name, so that a file of
 * that name is always whole. Used by one thread.
 *
 * <p>Layout, little-endian: the 8 bytes {@code GLIMPSEF}, the header's length (int32), the header (JSON, padded with
 * blanks so that rows begin at a multiple of 64), then one row per picture: id (int64), width and height of the source
 * (int32), boxes (R x 4 float32), scores (R float32), classes (R int32), features (R x F float32).
 */
public final class FeatureWriter implements AutoCloseable {
    static final byte[] MAGIC = "GLIMPSEF".getBytes(StandardCharsets.US_ASCII);
    static final int ALIGNMENT = 64;

    private final Path file;
    private final Path temporary;
    private final FeatureHeader header;
    private final FileChannel channel;
    private final ByteBuffer row;
    private int written;

    /** @throws UserError as from all methods that write, when the file cannot be written, as on a full disk */
    public FeatureWriter(Path file, FeatureHeader header) {
        this.file = file;
        this.header = header;
        this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
        this.row = ByteBuffer.allocateDirect(Math.toIntExact(header.rowBytes())).order(ByteOrder.LITTLE_ENDIAN);
        try {
            channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
        try {
            write(prefix(header));
        } catch (IOException e) {
            close();
            throw failed(e);
        }
    }

    /**
     * Appends one picture.
     *
     * @param imageId the picture's id in its annotation file
     * @param width width of the source picture in pixels
     * @param height height of the source picture in pixels
     */
    public void append(long imageId, int width, int height, RegionRow regions) {
        int r = header.regions();
        require(
                regions.boxes().length == 4 * r
                        && regions.scores().length == r
                        && regions.classes().length == r
                        && regions.features().length == r * header.feature(),
                "picture %d: expected %d regions of %d features, found %d scores and %d features in all",
                imageId,
                r,
                header.feature(),
                regions.scores().length,
                regions.features().length);
        row.clear();
        row.putLong(imageId).putInt(width).putInt(height);
        putAll(regions.boxes());
        putAll(regions.scores());
        for (int c : regions.classes()) {
            row.putInt(c);
        }
        putAll(regions.features());
        row.flip();
        try {
            write(row);
        } catch (IOException e) {
            throw failed(e);
        }
        written++;
    }

    /** Forces everything to disk and gives the file its name. */
    public void finish() {
        require(
                written == header.images(),
                "feature store %s: %d pictures were announced, %d were written",
                file,
                header.images(),
                written);
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Closes the file; without {@link #finish} before, what was written is removed. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + temporary, e);
        }
    }

    private UserError failed(IOException e) {
        return new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
    }

    private static ByteBuffer prefix(FeatureHeader header) throws IOException {
        byte[] json = new ObjectMapper().writeValueAsBytes(header);
        int unpadded = MAGIC.length + Integer.BYTES + json.length;
        int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer prefix = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        prefix.put(MAGIC).putInt(total - MAGIC.length - Integer.BYTES).put(json);
        while (prefix.hasRemaining()) {
            prefix.put((byte) ' ');
        }
        return prefix.flip();
    }

    private void putAll(float[] values) {
        row.asFloatBuffer().put(values);
        row.position(row.position() + values.length * Float.BYTES);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
