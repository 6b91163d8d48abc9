package dev.glimpse.feature;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a feature store that {@link FeatureWriter} wrote: the regions of any picture by its index, from memory-mapped
 * pages. Immutable; any thread may read. The mapping lives until the object is collected.
 */
public final class FeatureStore {
    private static final long LARGEST_MAPPING = 1L << 30;

    private final FeatureHeader header;
    private final List<ByteBuffer> mappings;
    private final int rowsPerMapping;
    private final Map<Long, Integer> indices;

    private FeatureStore(FeatureHeader header, List<ByteBuffer> mappings, int rowsPerMapping) {
        this.header = header;
        this.mappings = mappings;
        this.rowsPerMapping = rowsPerMapping;
        this.indices = new HashMap<>(header.images() * 2);
        for (int i = 0; i < header.images(); i++) {
            Integer before = indices.put(imageId(i), i);
            require(
                    before == null,
                    "picture %d stands twice in the feature store, at %s and %d",
                    imageId(i),
                    before,
                    i);
        }
    }

    /** Opens a store, whatever detector made it. */
    public static FeatureStore open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = read(channel, 0, FeatureWriter.MAGIC.length + Integer.BYTES, file);
            byte[] magic = new byte[FeatureWriter.MAGIC.length];
            start.get(magic);
            require(Arrays.equals(magic, FeatureWriter.MAGIC), "%s is no feature store", file);
            int length = start.getInt();
            require(length > 0 && length < 1 << 20, "%s: a header of %d bytes cannot be", file, length);
            byte[] json = new byte[length];
            read(channel, start.limit(), length, file).get(json);
            FeatureHeader header = header(json, file);
            return map(channel, start.limit() + length, header, file);
        } catch (IOException e) {
            throw new UserError(
                    "cannot read the feature store " + file + ": " + e.getMessage() + "; run the features stage first",
                    e);
        }
    }

    /**
     * Opens a store whose boxes and features are of one detector.
     *
     * @param detector SHA-256 of the detector's checkpoint, in lower-case hexadecimal
     */
    public static FeatureStore open(Path file, String detector) {
        return open(file, detector, detector);
    }

    /**
     * Opens a store of these detectors only.
     *
     * @param boxes SHA-256 of the checkpoint of the detector that found the boxes, in lower-case hexadecimal
     * @param features SHA-256 of the checkpoint of the detector that computed the features
     */
    public static FeatureStore open(Path file, String boxes, String features) {
        FeatureStore store = open(file);
        require(
                store.header.boxes().equals(boxes),
                "the boxes in %s were found by the detector with SHA-256 %s, but the detector at hand has %s; "
                        + "run the features stage again",
                file,
                store.header.boxes(),
                boxes);
        require(
                store.header.features().equals(features),
                "the features in %s were computed by the detector with SHA-256 %s, but the detector at hand has %s; "
                        + "run the features stage again",
                file,
                store.header.features(),
                features);
        return store;
    }

    public FeatureHeader header() {
        return header;
    }

    /** Number of pictures. */
    public int size() {
        return header.images();
    }

    /** Index of a picture by its id in the annotation file. */
    public int index(long imageId) {
        Integer index = indices.get(imageId);
        if (index == null) {
            throw new UserError("no features of picture " + imageId + " of split " + header.split()
                    + "; run the features stage on the same data");
        }
        return index;
    }

    public boolean contains(long imageId) {
        return indices.containsKey(imageId);
    }

    public long imageId(int index) {
        return row(index).getLong();
    }

    /** Width of the source picture in pixels. */
    public int sourceWidth(int index) {
        return row(index).getInt(Long.BYTES);
    }

    /** Height of the source picture in pixels. */
    public int sourceHeight(int index) {
        return row(index).getInt(Long.BYTES + Integer.BYTES);
    }

    /** The regions of picture {@code index}, copied out of the file. */
    public RegionRow regions(int index) {
        ByteBuffer row =
                row(index).position(Long.BYTES + 2 * Integer.BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
        int r = header.regions();
        float[] boxes = new float[4 * r];
        float[] scores = new float[r];
        int[] classes = new int[r];
        float[] features = new float[r * header.feature()];
        row.asFloatBuffer().get(boxes).get(scores);
        row.position(5 * r * Float.BYTES);
        row.asIntBuffer().get(classes);
        row.position(6 * r * Float.BYTES);
        row.asFloatBuffer().get(features);
        return new RegionRow(boxes, scores, classes, features);
    }

    /** Scores (R) of the regions of picture {@code index}, without their features. */
    public float[] scores(int index) {
        float[] scores = new float[header.regions()];
        at(index, 4L * header.regions()).asFloatBuffer().get(scores);
        return scores;
    }

    /** Classes (R) of the regions of picture {@code index}, without their features. */
    public int[] classes(int index) {
        int[] classes = new int[header.regions()];
        at(index, 5L * header.regions()).asIntBuffer().get(classes);
        return classes;
    }

    /** The row of a picture from {@code skipped} numbers after its size on. */
    private ByteBuffer at(int index, long skipped) {
        int position = Long.BYTES + 2 * Integer.BYTES + Math.toIntExact(skipped * Float.BYTES);
        return row(index).position(position).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer row(int index) {
        if (index < 0 || index >= header.images()) {
            throw new IndexOutOfBoundsException("picture " + index + " of " + header.images());
        }
        int rowBytes = (int) header.rowBytes();
        return mappings.get(index / rowsPerMapping)
                .slice(index % rowsPerMapping * rowBytes, rowBytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FeatureStore map(FileChannel channel, long start, FeatureHeader header, Path file)
            throws IOException {
        long expected = start + header.images() * header.rowBytes();
        require(
                channel.size() == expected,
                "%s: %d pictures need %d bytes, found %d; run the features stage again",
                file,
                header.images(),
                expected,
                channel.size());
        int rowsPerMapping = (int) Math.max(1, LARGEST_MAPPING / header.rowBytes());
        List<ByteBuffer> mappings = new ArrayList<>();
        for (int first = 0; first < header.images(); first += rowsPerMapping) {
            int rows = Math.min(rowsPerMapping, header.images() - first);
            MappedByteBuffer mapping = channel.map(
                    FileChannel.MapMode.READ_ONLY, start + first * header.rowBytes(), rows * header.rowBytes());
            mappings.add(mapping);
        }
        return new FeatureStore(header, mappings, rowsPerMapping);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int n = channel.read(bytes, position + bytes.position());
            require(n >= 0, "%s ends at byte %d, within its header", file, channel.size());
        }
        return bytes.flip();
    }

    private static FeatureHeader header(byte[] json, Path file) {
        try {
            return new ObjectMapper().readValue(json, FeatureHeader.class);
        } catch (JsonProcessingException e) {
            throw new UserError(
                    file + ": the header is not what a feature store begins with: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
