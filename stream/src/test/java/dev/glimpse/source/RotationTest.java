package dev.glimpse.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.picture.Picture;
import org.junit.jupiter.api.Test;

class RotationTest {
    // a b c
    // d e f
    private static final Picture WIDE = picture(3, "abcdef");

    @Test
    void quarterTurnsMoveEveryPixel() {
        assertSame(Rotation.upright(WIDE, 0), 3, "abcdef");
        assertSame(Rotation.upright(WIDE, -90), 2, "daebfc");
        assertSame(Rotation.upright(WIDE, 180), 3, "fedcba");
        assertSame(Rotation.upright(WIDE, 90), 2, "cfbead");
        assertSame(Rotation.upright(WIDE, 270), 2, "daebfc");
    }

    private static void assertSame(Picture found, int width, String pixels) {
        assertThat(found.width()).isEqualTo(width);
        assertThat(found.rgb()).isEqualTo(picture(width, pixels).rgb());
    }

    /** Each letter is one grey pixel. */
    private static Picture picture(int width, String pixels) {
        byte[] rgb = new byte[pixels.length() * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) pixels.charAt(i / 3);
        }
        return new Picture(width, pixels.length() / width, rgb);
    }
}
