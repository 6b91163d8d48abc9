package dev.glimpse.fault.hostile;

import dev.glimpse.fault.site.NumberedPictures;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures to damage: real ones of the folder with the field's reference data where it is there, and always some of our own.
 *
 * @param whole files as they are, hostile ones among them: each must get its outcome
 * @param seeds files to mutate
 */
public record Corpus(List<byte[]> whole, List<byte[]> seeds) {
    private static final int LARGEST = 200_000;
    private static final int OWN = 16;

    public Corpus {
        whole = List.copyOf(whole);
        seeds = List.copyOf(seeds);
    }

    /**
     * Reads what is there.
     *
     * @param data folder that holds {@code pictures}, {@code hostile} and {@code exif}; an empty path: none
     */
    public static Corpus of(Path data) throws IOException {
        List<byte[]> whole = new ArrayList<>();
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < OWN; i++) {
            seeds.add(NumberedPictures.of(i));
            seeds.add(PictureEncoder.jpeg(gradient(40 + 13 * i, 30 + 7 * i), 30 + 4 * i));
            seeds.add(NumberedPictures.png(gradient(20 + i, 50 - i)));
        }
        if (!data.toString().isEmpty()) {
            whole.addAll(files(data.resolve("hostile")));
            whole.addAll(files(data.resolve("exif")));
            seeds.addAll(files(data.resolve("pictures")));
            seeds.addAll(whole);
        }
        seeds.removeIf(file -> file.length > LARGEST || file.length < 16);
        return new Corpus(whole, seeds);
    }

    /** The mutation of a number. */
    public byte[] mutated(long number) {
        byte[] file = seeds.get((int) Math.floorMod(number * 31, (long) seeds.size()));
        byte[] other = seeds.get((int) Math.floorMod(number * 17 + 5, (long) seeds.size()));
        return new Mutator(number).mutate(file, other);
    }

    private static List<byte[]> files(Path folder) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().endsWith(".json")) {
                    files.add(Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static Picture gradient(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 / width);
        }
        return new Picture(width, height, rgb);
    }
}
