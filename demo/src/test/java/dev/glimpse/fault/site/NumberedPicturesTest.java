package dev.glimpse.fault.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberedPicturesTest {
    @Test
    void noTwoPicturesAreAlike() throws Exception {
        Set<Long> hashes = new HashSet<>();
        for (int number = 0; number < 500; number++) {
            hashes.add(HashingCaptioner.hash(PictureDecoder.decode(NumberedPictures.of(number))));
        }
        assertThat(hashes).hasSize(500);
    }

    @Test
    void pngShowsThePixelsThatWentIn() throws Exception {
        byte[] rgb = new byte[20 * 30 * 3];
        new Random(1).nextBytes(rgb);
        Picture decoded = PictureDecoder.decode(NumberedPictures.png(new Picture(20, 30, rgb)));
        assertThat(decoded.width()).isEqualTo(20);
        assertThat(decoded.rgb()).isEqualTo(rgb);
    }

    @Test
    void captionTellsTheHashOfItsPicture() throws Exception {
        Picture picture = PictureDecoder.decode(NumberedPictures.of(3));
        assertThat(HashingCaptioner.hash(HashingCaptioner.caption(picture))).hasValue(HashingCaptioner.hash(picture));
        assertThat(HashingCaptioner.hash("a dog on a hill")).isEmpty();
    }
}
