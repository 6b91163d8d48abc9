package dev.glimpse.detector;

import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.Labels;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import java.nio.file.Path;
import java.util.List;

/** A detector with its numbers: is trained, detects, and can be written. Used by one thread; {@link #close} frees the numbers. */
public sealed interface Detector extends AutoCloseable permits StudentDetector, TeacherDetector {
    /** What the steps around the network need to know. */
    DetectorOutline outline();

    Labels labels();

    /** What is trained. */
    Parameters parameters();

    /** Running statistics of the batch norms. */
    Buffers statistics();

    /**
     * The network of one training step; a gradient collector must be open.
     *
     * @param weights trainable views of the parameters
     */
    DetectorNetwork training(NDManager step, Weights weights);

    /** As the other method, with views of its own. */
    default DetectorNetwork training(NDManager step) {
        return training(step, parameters().trainable(step));
    }

    /**
     * The final regions of a batch of pictures.
     *
     * @param pictures each height x width x 3 bytes, RGB, letterboxed to the network's input
     * @param content (B, 2): width and height of each picture's content in pixels
     */
    List<DetectedPicture> detect(List<byte[]> pictures, float[] content);

    /** Writes a checkpoint, whole or not at all. */
    void write(Path file);

    @Override
    void close();
}
