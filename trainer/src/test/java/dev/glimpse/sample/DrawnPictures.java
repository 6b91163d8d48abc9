package dev.glimpse.sample;

import dev.glimpse.annotation.AnnotatedObject;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.box.Box;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JPEG files with a red block on grey, for tests. */
public final class DrawnPictures {
    private DrawnPictures() {}

    /** Picture i is 64 wide, 48 high and has a block of 16 x 16 at (i, 2 i). */
    public static List<AnnotatedPicture> write(Path folder, int count) {
        List<AnnotatedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = i + ".jpg";
            Box box = new Box(i, 2 * i, i + 16, 2 * i + 16);
            AnnotatedObject block = new AnnotatedObject(100 + i, 0, box, List.of(0));
            pictures.add(new AnnotatedPicture(i + 1L, name, 64, 48, List.of(block)));
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve(name), PictureEncoder.jpeg(picture(i), 95));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pictures;
    }

    private static Picture picture(int i) {
        byte[] rgb = new byte[64 * 48 * 3];
        Arrays.fill(rgb, (byte) 128);
        for (int y = 2 * i; y < 2 * i + 16; y++) {
            for (int x = i; x < i + 16; x++) {
                rgb[(y * 64 + x) * 3] = (byte) 250;
                rgb[(y * 64 + x) * 3 + 1] = 10;
                rgb[(y * 64 + x) * 3 + 2] = 10;
            }
        }
        return new Picture(64, 48, rgb);
    }
}
