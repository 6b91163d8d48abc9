package dev.glimpse.fault.hostile;

import java.util.Arrays;
import java.util.Random;

/** A file in, the same file damaged in one to four random ways out; the same seed gives the same damage. */
public final class Mutator {
    private static final int MOST = 4;
    private static final int[] TELLING = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, 0xD8, 0xD9, 0xDA, 0xC0, 0xC2, 0xC4};

    private final Random random;

    public Mutator(long seed) {
        random = new Random(seed);
    }

    /**
     * A damaged copy.
     *
     * @param other a second file, of which pieces are taken
     */
    public byte[] mutate(byte[] file, byte[] other) {
        byte[] damaged = file.clone();
        for (int i = 1 + random.nextInt(MOST); i > 0 && damaged.length > 8; i--) {
            damaged = once(damaged, other);
        }
        return damaged;
    }

    private byte[] once(byte[] file, byte[] other) {
        int at = place(file.length);
        int length = 1 + random.nextInt(Math.min(64, file.length - at));
        switch (random.nextInt(9)) {
            case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> file[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 2 -> fill(file, at, length);
            case 3 -> {
                return Arrays.copyOf(file, 1 + random.nextInt(file.length));
            }
            case 4 -> {
                return cutOut(file, at, length);
            }
            case 5 -> {
                return insert(file, at, Arrays.copyOfRange(file, at, at + length));
            }
            case 6 -> {
                int from = random.nextInt(other.length);
                return insert(file, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + 256)));
            }
            case 7 -> {
                byte[] spliced = Arrays.copyOf(file, at + Math.max(0, other.length - at));
                System.arraycopy(other, Math.min(at, other.length), spliced, at, spliced.length - at);
                return spliced;
            }
            default -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                return insert(file, at, noise);
            }
        }
        return file;
    }

    /** Half of the damage goes where headers are. */
    private int place(int length) {
        return random.nextInt(random.nextBoolean() ? Math.min(length, 700) : length);
    }

    private void fill(byte[] file, int at, int length) {
        Arrays.fill(file, at, at + length, (byte) TELLING[random.nextInt(TELLING.length)]);
    }

    private static byte[] cutOut(byte[] file, int at, int length) {
        byte[] shorter = Arrays.copyOf(file, file.length - length);
        System.arraycopy(file, at + length, shorter, at, shorter.length - at);
        return shorter;
    }

    private static byte[] insert(byte[] file, int at, byte[] piece) {
        byte[] longer = Arrays.copyOf(file, file.length + piece.length);
        System.arraycopy(piece, 0, longer, at, piece.length);
        System.arraycopy(file, at, longer, at + piece.length, file.length - at);
        return longer;
    }
}
