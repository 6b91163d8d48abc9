package dev.glimpse.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.picture.PictureException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class PictureTest {
    /** Left half red, right half blue. */
    private static Picture halves(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i + (i % width < width / 2 ? 0 : 2)] = (byte) 255;
        }
        return new Picture(width, height, rgb);
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private static int[] pixel(Picture picture, int x, int y) {
        int i = 3 * (y * picture.width() + x);
        return new int[] {picture.rgb()[i] & 255, picture.rgb()[i + 1] & 255, picture.rgb()[i + 2] & 255};
    }

    @Test
    void aJpegKeepsItsColoursInTheirPlaces() throws PictureException {
        Picture decoded = PictureDecoder.decode(PictureEncoder.jpeg(halves(64, 32), 95));
        assertThat(decoded.width()).isEqualTo(64);
        assertThat(decoded.height()).isEqualTo(32);
        assertThat(pixel(decoded, 8, 16)[0]).isGreaterThan(240);
        assertThat(pixel(decoded, 8, 16)[2]).isLessThan(15);
        assertThat(pixel(decoded, 56, 16)[2]).isGreaterThan(240);
    }

    @Test
    void aPngIsDecoded() throws Exception {
        assertThat(PictureDecoder.decode(png(20, 30)).height()).isEqualTo(30);
    }

    @Test
    void nothingAndTextAndOtherFormatsAreRefusedByName() throws IOException {
        refused(new byte[0], Reason.EMPTY);
        refused("hello".getBytes(StandardCharsets.UTF_8), Reason.NOT_A_PICTURE);
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "gif", gif);
        refused(gif.toByteArray(), Reason.NOT_A_PICTURE);
    }

    @Test
    void everyCutOfAJpegIsRefusedBeforeTheNativeDecoder() {
        byte[] whole = PictureEncoder.jpeg(halves(48, 48), 80);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PictureHeader.read(cut)).isInstanceOf(PictureException.class);
        }
    }

    @Test
    void everyFlippedByteOfAPngBodyIsFound() throws IOException {
        byte[] whole = png(20, 20);
        for (int i = 8; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> PictureHeader.read(damaged)).isInstanceOf(PictureException.class);
        }
    }

    @Test
    void picturesOutsideTheLimitsAreRefused() throws IOException {
        refused(png(15, 100), Reason.TOO_SMALL);
        refused(png(8193, 16), Reason.TOO_LARGE);
    }

    @Test
    void sixteenApplicationSegmentsAreLetThroughAndMoreAreNot() throws PictureException {
        byte[] jpeg = PictureEncoder.jpeg(halves(48, 48), 80); // has one itself
        assertThat(PictureDecoder.decode(withSegments(jpeg, 15)).width()).isEqualTo(48);
        refused(withSegments(jpeg, 16), Reason.UNSUPPORTED);
    }

    private static byte[] withSegments(byte[] jpeg, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (int i = 0; i < count; i++) {
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE5, 0, 4, 1, 2});
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    @Test
    void aLetterboxKeepsTheAspectAndFillsTheRest() {
        Letterbox box = new Letterbox(320, 240, 160, 128);
        assertThat(box.contentWidth()).isEqualTo(160);
        assertThat(box.contentHeight()).isEqualTo(120);
        Picture placed = new Picture(160, 128, box.apply(halves(320, 240)));
        assertThat(pixel(placed, 10, 60)).containsExactly(255, 0, 0);
        assertThat(pixel(placed, 150, 60)).containsExactly(0, 0, 255);
        assertThat(pixel(placed, 10, 125)).containsExactly(124, 116, 104);
    }

    @Test
    void aPictureThatFitsIsNotResampled() {
        Picture picture = halves(32, 32);
        assertThat(new Letterbox(32, 32, 32, 32).apply(picture)).isEqualTo(picture.rgb());
    }

    @Test
    void whatTheNativeDecoderRefusesLeavesNothingBehind() throws IOException {
        byte[] damaged = withDamagedPixels(png(64, 64));
        refused(damaged, Reason.DAMAGED); // loads classes, which hold some native objects for good
        long before = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
            refused(damaged, Reason.DAMAGED);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    /** A PNG whose checksums are right and whose pixels are no deflated data. */
    private static byte[] withDamagedPixels(byte[] png) {
        ByteBuffer chunk = ByteBuffer.wrap(png, 33, png.length - 33).slice(); // the one after the header
        int length = chunk.getInt(0);
        chunk.put(8, (byte) ~chunk.get(8));
        CRC32 checksum = new CRC32();
        checksum.update(chunk.slice(4, 4 + length));
        chunk.putInt(8 + length, (int) checksum.getValue());
        return png;
    }

    private static void refused(byte[] bytes, Reason reason) {
        assertThatThrownBy(() -> PictureDecoder.decode(bytes))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
