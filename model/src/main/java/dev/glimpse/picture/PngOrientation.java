package dev.glimpse.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checked PNG in, the orientation out that its XMP names (chunk {@code iTXt}, keyword {@code XML:com.adobe.xmp}, not
 * compressed, as XMP part 3 asks). Upright when it has EXIF too, which the decoder applies itself.
 */
final class PngOrientation {
    private static final int EXIF = 0x65584966;
    private static final int ITXT = 0x69545874;
    private static final int TEXT = 0x74455874;
    private static final int ZTXT = 0x7A545874;
    private static final int FIRST_CHUNK = 8;
    private static final int MOST_XMP_BYTES = 65_536;
    private static final String XMP = "XML:com.adobe.xmp\0\0";
    private static final String RAW_EXIF = "Raw profile type exif\0";
    private static final Pattern NAMED =
            Pattern.compile("tiff:Orientation(?:\\s{0,9}=\\s{0,9}[\"']|>)\\s{0,9}([1-8])\\s{0,9}[\"'<]");

    private PngOrientation() {}

    /** @param png whole and checked by {@link PngStructure} */
    static Orientation of(byte[] png) {
        Orientation found = Orientation.UPRIGHT;
        ByteBuffer in = ByteBuffer.wrap(png).position(FIRST_CHUNK);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            int type = in.getInt();
            if (type == EXIF || ((type == TEXT || type == ZTXT) && begins(png, in.position(), length, RAW_EXIF))) {
                return Orientation.UPRIGHT;
            }
            if (type == ITXT && length <= MOST_XMP_BYTES && begins(png, in.position(), length, XMP)) {
                found = named(new String(png, in.position(), length, StandardCharsets.UTF_8));
            }
            in.position(in.position() + length + 4);
        }
        return found;
    }

    private static Orientation named(String xmp) {
        Matcher matcher = NAMED.matcher(xmp);
        return matcher.find() ? new Orientation(Integer.parseInt(matcher.group(1))) : Orientation.UPRIGHT;
    }

    private static boolean begins(byte[] png, int at, int length, String with) {
        byte[] bytes = with.getBytes(StandardCharsets.US_ASCII);
        return length >= bytes.length && ByteBuffer.wrap(png, at, bytes.length).equals(ByteBuffer.wrap(bytes));
    }
}
