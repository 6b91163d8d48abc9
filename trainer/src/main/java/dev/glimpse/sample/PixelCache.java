package dev.glimpse.sample;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Letterbox;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a split, decoded and letterboxed once into a memory-mapped file of height x width x 3 bytes each; or, where
 * that file would be larger than 64 GiB, decoded whenever they are read. Any thread may read. The mapping lives until the
 * object is collected.
 */
public final class PixelCache {
    private static final long LARGEST_MAPPING = 1L << 30;
    private static final long LARGEST_FILE = 64L << 30;

    /** Makes the pixels of one picture. */
    private interface Decoder {
        byte[] decode(int index) throws IOException;
    }

    private final Optional<Decoder> decoder; // instead of mappings
    private final List<ByteBuffer> mappings;
    private final int pictureBytes;
    private final int perMapping;

    private PixelCache(List<ByteBuffer> mappings, int pictureBytes, int perMapping) {
        this.decoder = Optional.empty();
        this.mappings = mappings;
        this.pictureBytes = pictureBytes;
        this.perMapping = perMapping;
    }

    private PixelCache(Decoder decoder, int pictureBytes) {
        this.decoder = Optional.of(decoder);
        this.mappings = List.of();
        this.pictureBytes = pictureBytes;
        this.perMapping = 1;
    }

    /**
     * Opens the cache of these pictures, and makes it when it is not there.
     *
     * @param folder where caches are kept
     * @param name what the progress calls them, such as the split
     * @param pictures the pictures in the order of their indices
     * @param images folder with their files
     * @param width of the network's input
     * @param height of the network's input
     * @throws UserError that names the picture, when one is missing, damaged or of another size than its annotation says
     */
    public static PixelCache open(
            Path folder, String name, List<AnnotatedPicture> pictures, Path images, int width, int height) {
        return open(folder, name, pictures, images, width, height, LARGEST_FILE);
    }

    /**
     * As the other method.
     *
     * @param largest bytes of the largest file that is made
     */
    static PixelCache open(
            Path folder,
            String name,
            List<AnnotatedPicture> pictures,
            Path images,
            int width,
            int height,
            long largest) {
        int bytes = width * height * 3;
        if ((long) pictures.size() * bytes > largest) {
            pictures.forEach(picture -> file(images, picture)); // none may be missing
            return new PixelCache(index -> letterboxed(images, pictures.get(index), width, height), bytes);
        }
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(key(name, pictures, images, width, height) + ".pixels");
            if (!Files.exists(file)) {
                Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
                write(temporary, name, pictures, images, width, height);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return map(file, pictures.size(), bytes);
        } catch (IOException e) {
            throw new UserError(
                    folder + ": cannot keep decoded pictures: " + e.getMessage() + "; is the disk full?", e);
        }
    }

    /** The pixels of picture {@code index}: height x width x 3 bytes, RGB, to {@code out}. */
    public void read(int index, byte[] out) {
        if (decoder.isPresent()) {
            try {
                System.arraycopy(decoder.get().decode(index), 0, out, 0, pictureBytes);
            } catch (IOException e) {
                throw new UserError("picture " + index + " cannot be read: " + e.getMessage(), e);
            }
            return;
        }
        mappings.get(index / perMapping).get(index % perMapping * pictureBytes, out, 0, pictureBytes);
    }

    /** Changes when a picture's name, size or time of change does. */
    private static String key(String name, List<AnnotatedPicture> pictures, Path images, int width, int height)
            throws IOException {
        StringBuilder text = new StringBuilder(width + "x" + height);
        for (AnnotatedPicture picture : pictures) {
            Path file = file(images, picture);
            text.append(picture.file())
                    .append(Files.size(file))
                    .append(Files.getLastModifiedTime(file))
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return name + "-" + Digest.of(bytes).substring(0, 16);
    }

    private static Path file(Path images, AnnotatedPicture picture) {
        Path file = images.resolve(picture.file());
        require(Files.isRegularFile(file), "%s: picture %d is annotated, but its file is missing", file, picture.id());
        return file;
    }

    private static void write(
            Path file, String name, List<AnnotatedPicture> pictures, Path images, int width, int height)
            throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                Progress progress = new Progress("decoding " + name, "pictures", 0, pictures.size())) {
            for (int i = 0; i < pictures.size(); i++) {
                ByteBuffer pixels = ByteBuffer.wrap(letterboxed(images, pictures.get(i), width, height));
                while (pixels.hasRemaining()) {
                    channel.write(pixels);
                }
                progress.at(i + 1L, "");
            }
        }
    }

    private static byte[] letterboxed(Path images, AnnotatedPicture picture, int width, int height) throws IOException {
        Path file = file(images, picture);
        try {
            Picture decoded = PictureDecoder.decode(Files.readAllBytes(file));
            require(
                    decoded.width() == picture.width() && decoded.height() == picture.height(),
                    "%s: picture %d is annotated as %d x %d, but is %d x %d",
                    file,
                    picture.id(),
                    picture.width(),
                    picture.height(),
                    decoded.width(),
                    decoded.height());
            return new Letterbox(picture.width(), picture.height(), width, height).apply(decoded);
        } catch (PictureException e) {
            throw new UserError(file + ": picture " + picture.id() + " cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static PixelCache map(Path file, int pictures, int bytes) throws IOException {
        int perMapping = (int) (LARGEST_MAPPING / bytes);
        List<ByteBuffer> mappings = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            require(
                    channel.size() == (long) pictures * bytes,
                    "%s: expected %d pictures of %d bytes, found %d bytes; remove the file",
                    file,
                    pictures,
                    bytes,
                    channel.size());
            for (int first = 0; first < pictures; first += perMapping) {
                long count = Math.min(perMapping, pictures - first);
                mappings.add(channel.map(FileChannel.MapMode.READ_ONLY, (long) first * bytes, count * bytes));
            }
        }
        return new PixelCache(mappings, bytes, perMapping);
    }
}
