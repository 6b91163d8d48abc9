package dev.glimpse.captioner;

import dev.glimpse.picture.Picture;
import java.util.List;
import java.util.Optional;

/**
 * Looks at pictures and says what it sees. Used by one thread at a time; close it on that thread.
 *
 * <p>A seam: the real one runs a bundle on an engine; fault tests use one that hashes the picture.
 */
public interface Captioner extends AutoCloseable {
    /**
     * Detects the regions of each picture and writes a caption for each.
     *
     * @param pictures upright pictures of any size, at least one
     * @return one sight per picture, in order
     */
    List<Sight> look(List<Picture> pictures);

    /**
     * Detects the regions of each picture and writes nothing; cheaper than {@link #look} where an implementation can do better
     * than to look and forget the words.
     *
     * @param pictures upright pictures of any size, at least one
     * @return one sight per picture, in order, each with {@link Caption#NONE}; questions can be asked about it
     */
    default List<Sight> detect(List<Picture> pictures) {
        return look(pictures).stream()
                .map(sight -> new Sight(sight.regions(), Caption.NONE, sight.features(), sight.timings()))
                .toList();
    }

    /** A picture that came with the model, for tests of the device; empty when none did. */
    default Optional<Picture> golden() {
        return Optional.empty();
    }

    /**
     * Answers questions about something seen before, without looking again.
     *
     * @param sight what {@link #look} returned
     * @param questions at least one question in plain text
     * @return one answer per question, in order
     */
    List<Answer> answer(Sight sight, List<String> questions);

    /** Digest of the model: SHA-256 of the manifest, lower-case hexadecimal. Goes into every result. */
    String modelDigest();

    /** Name, version and precision of what runs the networks, such as {@code onnxruntime 1.29.0 fp32}. */
    String engine();

    @Override
    void close();
}
