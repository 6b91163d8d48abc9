package dev.glimpse.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture of 3 x 2 whose pixels are called a b c / d e f. */
class OrientationTest {
    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef",
        "2, 3, cbafed",
        "3, 3, fedcba",
        "4, 3, defabc",
        "5, 2, adbecf",
        "6, 2, daebfc",
        "7, 2, fcebda",
        "8, 2, cfbead",
        "0, 3, abcdef",
        "9, 3, abcdef"
    })
    void storedPixelsAreTurnedUpright(int number, int width, String expected) {
        Picture upright = new Orientation(number).upright(new Picture(3, 2, pixels("abcdef")));
        assertThat(upright.width()).isEqualTo(width);
        assertThat(upright.rgb()).isEqualTo(pixels(expected));
    }

    @Test
    void attributeAndElementOfXmpAreBothRead() throws Exception {
        assertThat(PngOrientation.of(png(xmp("<x tiff:Orientation=\"6\"/>")))).isEqualTo(new Orientation(6));
        assertThat(PngOrientation.of(png(xmp("<tiff:Orientation>8</tiff:Orientation>"))))
                .isEqualTo(new Orientation(8));
        assertThat(PngOrientation.of(png(xmp("<tiff:Orientation>9</tiff:Orientation>"))))
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(PngOrientation.of(png(new byte[0]))).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void pngWithXmpComesOutUpright() throws Exception {
        Picture decoded = PictureDecoder.decode(png(xmp("<x tiff:Orientation='6'/>")));
        assertThat(decoded.width()).isEqualTo(16);
        assertThat(decoded.height()).isEqualTo(32);
    }

    @Test
    void exifGoesBeforeXmp() throws Exception {
        byte[] xmp = xmp("<x tiff:Orientation='6'/>");
        byte[] exif = chunk("eXIf", new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0});
        byte[] both =
                ByteBuffer.allocate(xmp.length + exif.length).put(xmp).put(exif).array();
        assertThat(PngOrientation.of(png(both))).isEqualTo(Orientation.UPRIGHT);
    }

    private static byte[] pixels(String names) {
        byte[] rgb = new byte[3 * names.length()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) names.charAt(i / 3);
        }
        return rgb;
    }

    private static byte[] xmp(String body) {
        return chunk("iTXt", ("XML:com.adobe.xmp\0\0\0\0\0" + body).getBytes(UTF_8));
    }

    /** A black PNG of 32 x 16 with further chunks after its header. */
    private static byte[] png(byte[] further) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(0x89504E470D0A1A0AL).array());
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(32)
                        .putInt(16)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array()));
        out.writeBytes(further);
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[(3 * 32 + 1) * 16]);
        deflater.finish();
        byte[] packed = new byte[200];
        int length = deflater.deflate(packed);
        deflater.end();
        out.writeBytes(chunk("IDAT", java.util.Arrays.copyOf(packed, length)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(UTF_8));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(UTF_8))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }
}
