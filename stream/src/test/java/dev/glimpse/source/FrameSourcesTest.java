package dev.glimpse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void folderGivesItsPicturesByNameWithTheirBytesUntouched() throws IOException {
        Files.write(folder.resolve("b.PNG"), new byte[] {2});
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        Files.write(folder.resolve("notes.txt"), new byte[] {3});
        try (FrameSource source = FrameSources.open(folder.toString(), 5)) {
            assertThat(source.next().orElseThrow()).satisfies(first -> {
                assertThat(first.encoded()).containsExactly(1);
                assertThat(first.contentType()).isEqualTo("image/jpeg");
            });
            assertThat(source.next().orElseThrow()).satisfies(second -> {
                assertThat(second.encoded()).containsExactly(2);
                assertThat(second.contentType()).isEqualTo("image/png");
            });
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void pictureIsASourceOfOneFrame() throws IOException {
        Path file = Files.write(folder.resolve("a.jpeg"), new byte[] {1, 2});
        try (FrameSource source = FrameSources.open(file.toString(), 5)) {
            assertThat(source.next().orElseThrow().encoded()).containsExactly(1, 2);
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void scenesGoOnWithoutEndAndSameSeedGivesSamePictures() throws PictureException {
        try (FrameSource one = FrameSources.open("scenes:7", 5);
                FrameSource other = FrameSources.open("scenes:7", 5)) {
            byte[] first = one.next().orElseThrow().encoded();
            assertThat(PictureDecoder.decode(first).width()).isEqualTo(320);
            assertThat(other.next().orElseThrow().encoded()).isEqualTo(first);
            assertThat(one.next().orElseThrow().encoded()).isNotEqualTo(first);
            assertThat(one.rate()).isEqualTo(5);
        }
    }

    @Test
    void whatIsNoSourceIsSaidPlainly() throws IOException {
        refused(folder.resolve("nowhere").toString(), "found nothing at");
        refused(folder.toString(), "found none in");
        refused(Files.writeString(folder.resolve("a.mp4"), "no video").toString(), "a video is expected in");
        refused(Files.createFile(folder.resolve("b.mp4")).toString(), "a video is expected in");
        refused("scenes:x", "a whole number is expected after scenes:, found 'x'");
        refused("rtsp://user:secret@127.0.0.1:1/", "expected at rtsp://127.0.0.1:1/, found none");
    }

    @Test
    void videosGiveEveryFrame() throws PictureException {
        assertThat(count(data("car-detection.mp4"), 768, 432)).isEqualTo(377);
        assertThat(count(data("bottle-detection.mp4"), 640, 360)).isEqualTo(1189);
    }

    @Test
    void videoKnowsItsRate() {
        try (FrameSource source = FrameSources.open(data("car-detection.mp4"), 5)) {
            assertThat(source.rate()).isEqualTo(12.5);
            assertThat(source.live()).isFalse();
        }
    }

    @Test
    void videoCutInHalfGivesTheFramesItHasAndThenEnds() throws IOException, PictureException {
        byte[] whole = Files.readAllBytes(Path.of(data("car-detection.mp4")));
        Path half = Files.write(folder.resolve("half.mp4"), Arrays.copyOf(whole, whole.length / 2));
        assertThat(count(half.toString(), 768, 432)).isBetween(150, 250);
    }

    @Test
    void videoCutBeforeItsIndexIsNamedAsSuch() {
        refused(data("bottle_cut_half.mp4"), "is cut off before its index");
    }

    private static String data(String file) {
        String root = System.getProperty("glimpse.data", "");
        assumeTrue(!root.isEmpty(), "skipped: no data, give -Dglimpse.data=DIR");
        return Path.of(root, "video", file).toString();
    }

    /** How many frames there are, all of them pictures of that size. */
    private static int count(String name, int width, int height) throws PictureException {
        int count = 0;
        try (FrameSource source = FrameSources.open(name, 5)) {
            for (Optional<SourcePicture> next = source.next(); next.isPresent(); next = source.next()) {
                Picture picture = PictureDecoder.decode(next.get().encoded());
                assertThat(picture.width()).isEqualTo(width);
                assertThat(picture.height()).isEqualTo(height);
                count++;
            }
            assertThat(source.next()).isEmpty();
        }
        return count;
    }

    private static void refused(String name, String message) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> FrameSources.open(name, 5))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
