package dev.glimpse.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Camera A shows red, camera B blue, and B's picture is damaged: whatever a decoder makes of the rest, it may not show what
 * lay in memory before.
 */
class ForeignPixelsTest {
    private static final int SIDE = 96;
    private static final byte[] RED = jpeg(220, 20, 20);
    private static final byte[] GREEN = jpeg(20, 220, 20);
    private static final byte[] BLUE = jpeg(20, 20, 220);

    @Test
    void noPixelOfCameraAReachesCameraBWhenItsJpegIsCut() throws Exception {
        int decoded = 0;
        for (int length = 600; length < BLUE.length; length++) {
            byte[] cut = Arrays.copyOf(BLUE, length);
            cut[length - 2] = (byte) 0xFF;
            cut[length - 1] = (byte) 0xD9; // else it is refused before it is decoded
            decoded += assertOwnPixelsOnly(cut) ? 1 : 0;
        }
        assertThat(decoded).isPositive();
    }

    @Test
    void noPixelOfCameraAReachesCameraBWhenItsJpegIsDamaged() throws Exception {
        Random random = new Random(11);
        int decoded = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = BLUE.clone();
            damaged[600 + random.nextInt(damaged.length - 604)] = (byte) random.nextInt(255);
            decoded += assertOwnPixelsOnly(damaged) ? 1 : 0;
        }
        assertThat(decoded).isPositive();
    }

    @Test
    void cutJpegWithoutItsEndIsRefused() {
        for (int length = 1; length < BLUE.length; length += 7) {
            assertThat(decode(Arrays.copyOf(BLUE, length))).isEmpty();
        }
    }

    /** False when it is refused. */
    private static boolean assertOwnPixelsOnly(byte[] picture) throws PictureException {
        PictureDecoder.decode(RED);
        Optional<Picture> afterRed = decode(picture);
        PictureDecoder.decode(GREEN);
        Optional<Picture> afterGreen = decode(picture);
        assertThat(afterGreen.isPresent()).isEqualTo(afterRed.isPresent());
        afterRed.ifPresent(shown -> assertThat(
                        Arrays.equals(shown.rgb(), afterGreen.orElseThrow().rgb()))
                .isTrue());
        afterRed.ifPresent(shown -> assertThat(reds(shown)).isZero());
        return afterRed.isPresent();
    }

    private static Optional<Picture> decode(byte[] encoded) {
        try {
            return Optional.of(PictureDecoder.decode(encoded));
        } catch (PictureException e) {
            return Optional.empty();
        }
    }

    /** Pixels of camera A's red. */
    private static long reds(Picture picture) {
        long red = 0;
        byte[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            boolean foreign = Math.abs((rgb[i] & 0xFF) - 220) < 6
                    && Math.abs((rgb[i + 1] & 0xFF) - 20) < 6
                    && Math.abs((rgb[i + 2] & 0xFF) - 20) < 6;
            red += foreign ? 1 : 0;
        }
        return red;
    }

    /** One colour under a little noise, so that every part of the file matters. */
    private static byte[] jpeg(int red, int green, int blue) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        Random random = new Random(3);
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (red + random.nextInt(4));
            rgb[i + 1] = (byte) (green + random.nextInt(4));
            rgb[i + 2] = (byte) (blue + random.nextInt(4));
        }
        return PictureEncoder.jpeg(new Picture(SIDE, SIDE, rgb), 92);
    }
}
