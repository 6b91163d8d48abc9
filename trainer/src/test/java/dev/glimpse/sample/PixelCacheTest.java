package dev.glimpse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Letterbox;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelCacheTest {
    @TempDir
    Path folder;

    @Test
    void everyPictureIsThereLetterboxed() throws IOException, PictureException {
        List<AnnotatedPicture> pictures = DrawnPictures.write(images(), 3);
        PixelCache cache = open(pictures);
        for (int i = 2; i >= 0; i--) {
            byte[] found = new byte[32 * 32 * 3];
            cache.read(i, found);
            byte[] encoded = Files.readAllBytes(images().resolve(i + ".jpg"));
            assertThat(found).isEqualTo(new Letterbox(64, 48, 32, 32).apply(PictureDecoder.decode(encoded)));
        }
    }

    @Test
    void picturesTooManyForAFileAreDecodedWhenRead() throws IOException {
        List<AnnotatedPicture> pictures = DrawnPictures.write(images(), 3);
        PixelCache mapped = open(pictures);
        PixelCache decoding = PixelCache.open(folder.resolve("none"), "train", pictures, images(), 32, 32, 9215);
        for (int i = 0; i < 3; i++) {
            byte[] expected = new byte[32 * 32 * 3];
            byte[] found = new byte[32 * 32 * 3];
            mapped.read(i, expected);
            decoding.read(i, found);
            assertThat(found).isEqualTo(expected);
        }
        assertThat(folder.resolve("none")).doesNotExist();
        Files.delete(images().resolve("1.jpg"));
        assertThatThrownBy(() -> PixelCache.open(folder, "train", pictures, images(), 32, 32, 9215))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("1.jpg");
    }

    @Test
    void aChangedPictureIsDecodedAnew() throws IOException {
        List<AnnotatedPicture> pictures = DrawnPictures.write(images(), 2);
        open(pictures);
        open(pictures);
        assertThat(caches()).isEqualTo(1);
        Files.setLastModifiedTime(images().resolve("1.jpg"), FileTime.fromMillis(12345));
        open(pictures);
        assertThat(caches()).isEqualTo(2);
    }

    @Test
    void aMissingPictureIsNamed() throws IOException {
        List<AnnotatedPicture> pictures = DrawnPictures.write(images(), 2);
        Files.delete(images().resolve("1.jpg"));
        refuses(pictures, "1.jpg", "picture 2", "missing");
    }

    @Test
    void aDamagedPictureIsNamed() throws IOException {
        List<AnnotatedPicture> pictures = DrawnPictures.write(images(), 2);
        Files.write(images().resolve("0.jpg"), new byte[] {1, 2, 3});
        refuses(pictures, "0.jpg", "picture 1", "decoded");
    }

    @Test
    void aPictureOfAnotherSizeThanAnnotatedIsNamed() {
        DrawnPictures.write(images(), 1);
        refuses(List.of(new AnnotatedPicture(9, "0.jpg", 48, 64, List.of())), "picture 9", "48 x 64", "64 x 48");
    }

    private void refuses(List<AnnotatedPicture> pictures, String... parts) {
        assertThatThrownBy(() -> open(pictures)).isInstanceOf(UserError.class).hasMessageContainingAll(parts);
    }

    private PixelCache open(List<AnnotatedPicture> pictures) {
        return PixelCache.open(folder.resolve("cache"), "train", pictures, images(), 32, 32);
    }

    private Path images() {
        return folder.resolve("images");
    }

    private long caches() throws IOException {
        try (var files = Files.list(folder.resolve("cache"))) {
            return files.count();
        }
    }
}
