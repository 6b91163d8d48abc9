package dev.glimpse.fault.hostile;

import dev.glimpse.fault.site.NumberedPictures;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Pictures that claim what they do not hold, or hold what a decoder may choke on. Made here, from nothing. */
public final class CraftedPictures {
    private static final int SIDE = 48;
    private static final int END = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int COMMENT = 0xFE;

    private CraftedPictures() {}

    /** The picture of a number; kinds take turns, and each kind has many variants. */
    public static byte[] of(long number) {
        Random random = new Random(~number);
        byte[] jpeg = PictureEncoder.jpeg(noise(random), 50 + random.nextInt(50));
        byte[] png = NumberedPictures.png(noise(random));
        return switch ((int) (number % 20)) {
            case 0 -> resized(jpeg, random.nextInt(65_536), random.nextInt(65_536));
            case 1 -> resized(jpeg, 8192, 8192);
            case 2 -> segments(jpeg, APP1, 17 + random.nextInt(200), random.nextInt(40), random);
            case 3 -> segments(jpeg, COMMENT, 1 + random.nextInt(3000), 2, random);
            case 4 -> scansAgain(jpeg, 65 + random.nextInt(100));
            case 5 -> Arrays.copyOf(jpeg, jpeg.length - 2 - random.nextInt(jpeg.length / 2));
            case 6 -> withoutTables(jpeg, random.nextBoolean() ? 0xDB : 0xC4);
            case 7 -> components(jpeg, random.nextInt(256));
            case 8 -> insert(jpeg, 2, exif(random.nextInt(65_536), random));
            case 9 -> twoFrames(jpeg);
            case 10 -> sampled(jpeg, random.nextInt(256));
            case 11 -> pngOf(random.nextInt(), random.nextInt(), 8, 2, png);
            case 12 -> pngOf(16_384, 1_024, 8, 2, png);
            case 13 -> pngOf(8192, 2048, 8, 2, bomb(8192 * 3 + 1, 2048));
            case 14 -> pngOf(SIDE, SIDE, random.nextInt(20), random.nextInt(8), png);
            case 15 -> chunks(png, 1 + random.nextInt(500), random);
            case 16 -> wrongChecksum(png, random);
            case 17 ->
                pngOf(
                        SIDE,
                        SIDE,
                        8,
                        2,
                        NumberedPictures.chunk("IDAT", noise(random).rgb()));
            case 18 -> disguised(random);
            default -> frameOfAnother(jpeg, PictureEncoder.jpeg(noise(random), 30));
        };
    }

    private static Picture noise(Random random) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        random.nextBytes(rgb);
        return new Picture(SIDE, SIDE, rgb);
    }

    private static byte[] resized(byte[] jpeg, int width, int height) {
        byte[] copy = jpeg.clone();
        ByteBuffer.wrap(copy).putShort(frame(copy) + 5, (short) height).putShort(frame(copy) + 7, (short) width);
        return copy;
    }

    private static byte[] components(byte[] jpeg, int count) {
        byte[] copy = jpeg.clone();
        copy[frame(copy) + 9] = (byte) count;
        return copy;
    }

    private static byte[] sampled(byte[] jpeg, int factors) {
        byte[] copy = jpeg.clone();
        copy[frame(copy) + 11] = (byte) factors;
        return copy;
    }

    private static byte[] twoFrames(byte[] jpeg) {
        int at = frame(jpeg);
        int length = 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF);
        return insert(jpeg, at, Arrays.copyOfRange(jpeg, at, at + length));
    }

    private static byte[] frameOfAnother(byte[] jpeg, byte[] other) {
        byte[] head = Arrays.copyOf(jpeg, scan(jpeg));
        byte[] tail = Arrays.copyOfRange(other, scan(other), other.length);
        return insert(tail, 0, head);
    }

    private static byte[] scansAgain(byte[] jpeg, int times) {
        byte[] scan = Arrays.copyOfRange(jpeg, scan(jpeg), jpeg.length - 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < times; i++) {
            out.writeBytes(scan);
        }
        out.write(0xFF);
        out.write(END);
        return out.toByteArray();
    }

    private static byte[] segments(byte[] jpeg, int marker, int count, int length, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] content = new byte[length];
        for (int i = 0; i < count; i++) {
            random.nextBytes(content);
            out.writeBytes(segment(marker, content));
        }
        return insert(jpeg, 2, out.toByteArray());
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .array();
    }

    /** An orientation that is none, in a directory that may point anywhere. */
    private static byte[] exif(int orientation, Random random) {
        byte[] content = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(random.nextBoolean() ? 8 : random.nextInt())
                .putShort((short) (random.nextBoolean() ? 1 : random.nextInt()))
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(random.nextBoolean() ? 1 : random.nextInt())
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(random.nextInt())
                .array();
        return segment(APP1, content);
    }

    private static byte[] withoutTables(byte[] jpeg, int marker) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xDA) {
            int length = 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF);
            if ((jpeg[at + 1] & 0xFF) != marker) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    /** @param tail the chunks after the header, or a whole PNG whose header is replaced */
    private static byte[] pngOf(int width, int height, int bits, int colour, byte[] tail) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {(byte) bits, (byte) colour, 0, 0, 0})
                .array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8).putLong(0x89504E470D0A1A0AL).array());
        out.writeBytes(NumberedPictures.chunk("IHDR", header));
        boolean whole = tail[0] == (byte) 0x89;
        out.write(tail, whole ? 33 : 0, tail.length - (whole ? 33 : 0));
        if (!whole) {
            out.writeBytes(NumberedPictures.chunk("IEND", new byte[0]));
        }
        return out.toByteArray();
    }

    /** Many lines of nothing, which compress a thousandfold. */
    private static byte[] bomb(int row, int rows) {
        return NumberedPictures.chunk("IDAT", NumberedPictures.deflate(new byte[row * rows]));
    }

    private static byte[] chunks(byte[] png, int count, Random random) {
        List<String> types =
                List.of("tEXt", "zTXt", "iTXt", "iCCP", "eXIf", "gAMA", "PLTE", "tRNS", "acTL", "fcTL", "ruBb");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[random.nextInt(64)];
            random.nextBytes(content);
            out.writeBytes(NumberedPictures.chunk(types.get(random.nextInt(types.size())), content));
        }
        return insert(png, 33, out.toByteArray());
    }

    private static byte[] wrongChecksum(byte[] png, Random random) {
        byte[] copy = png.clone();
        copy[8 + random.nextInt(copy.length - 8)] ^= 0x10;
        return copy;
    }

    private static byte[] disguised(Random random) {
        byte[] junk = new byte[random.nextInt(4000) + 1];
        random.nextBytes(junk);
        List<byte[]> magic = List.of(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
                "GIF89a".getBytes(StandardCharsets.US_ASCII),
                "RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII),
                "BM".getBytes(StandardCharsets.US_ASCII),
                "II*\0".getBytes(StandardCharsets.US_ASCII),
                "<svg>".getBytes(StandardCharsets.US_ASCII));
        return insert(junk, 0, magic.get(random.nextInt(magic.size())));
    }

    private static byte[] insert(byte[] file, int at, byte[] piece) {
        return ByteBuffer.allocate(file.length + piece.length)
                .put(file, 0, at)
                .put(piece)
                .put(file, at, file.length - at)
                .array();
    }

    /** Position of the frame header's marker in a JPEG of our own. */
    private static int frame(byte[] jpeg) {
        return find(jpeg, 0xC0);
    }

    private static int scan(byte[] jpeg) {
        return find(jpeg, 0xDA);
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF);
        }
        return at;
    }
}
