package dev.glimpse.sample;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.picture.Letterbox;
import java.nio.file.Path;
import java.util.List;

/**
 * A split's annotations beside its cached pixels.
 *
 * @param instances annotations, in the order of the cache
 * @param width of the network's input
 * @param height of the network's input
 */
public record DetectorSplit(Instances instances, PixelCache cache, int width, int height) {

    /**
     * Reads the pixels of a split from its cache, which is made when it is not there.
     *
     * @param caches folder of the caches
     * @param name name of the split
     * @param images folder of its pictures
     */
    public static DetectorSplit open(
            Path caches, String name, Instances instances, Path images, int width, int height) {
        PixelCache cache = PixelCache.open(caches, name, instances.pictures(), images, width, height);
        return new DetectorSplit(instances, cache, width, height);
    }

    public int size() {
        return instances.pictures().size();
    }

    public AnnotatedPicture picture(int index) {
        return instances.pictures().get(index);
    }

    /** height x width x 3 bytes, letterboxed. */
    public byte[] pixels(int index) {
        byte[] bytes = new byte[height * width * 3];
        cache.read(index, bytes);
        return bytes;
    }

    public List<byte[]> pixels(int first, int end) {
        return java.util.stream.IntStream.range(first, end)
                .parallel() // a split too large for a cache is decoded here
                .mapToObj(this::pixels)
                .toList();
    }

    /** Width and height of the content of pictures first to end - 1 in the network's input: (end - first, 2). */
    public float[] content(int first, int end) {
        float[] content = new float[2 * (end - first)];
        for (int i = first; i < end; i++) {
            AnnotatedPicture picture = picture(i);
            Letterbox letterbox = new Letterbox(picture.width(), picture.height(), width, height);
            content[2 * (i - first)] = letterbox.contentWidth();
            content[2 * (i - first) + 1] = letterbox.contentHeight();
        }
        return content;
    }
}
