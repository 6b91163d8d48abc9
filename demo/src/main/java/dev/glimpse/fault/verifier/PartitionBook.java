package dev.glimpse.fault.verifier;

import java.util.Arrays;
import java.util.BitSet;

/** What is known of the frames of one partition, by offset. */
final class PartitionBook {
    private static final int FIRST_SIZE = 256;

    /** What became of a frame. */
    enum Fate {
        NONE,
        CAPTION,
        SKIP,
        REJECTION
    }

    private final BitSet frames = new BitSet();
    private final BitSet refused = new BitSet();
    private long[] expected = new long[FIRST_SIZE];
    private int[] camera = new int[FIRST_SIZE];
    private Fate[] fate = none(FIRST_SIZE);
    private long[] shown = new long[FIRST_SIZE];
    private int[] claimed = new int[FIRST_SIZE];

    /** @param mustBeRefused whether the only right outcome, besides a skip, is a rejection */
    void frame(int offset, int itsCamera, boolean mustBeRefused, long hash) {
        grow(offset);
        frames.set(offset);
        refused.set(offset, mustBeRefused);
        camera[offset] = itsCamera;
        expected[offset] = hash;
    }

    /**
     * Notes an outcome.
     *
     * @param itsCamera camera that the outcome names; negative when it names none
     * @return false when there was one already
     */
    boolean settle(int offset, Fate what, int itsCamera, long hash) {
        grow(offset);
        if (fate[offset] != Fate.NONE) {
            return false;
        }
        fate[offset] = what;
        claimed[offset] = itsCamera;
        shown[offset] = hash;
        return true;
    }

    /** One past the highest offset that anything is known of. */
    int end() {
        int last = frames.length();
        for (int i = fate.length - 1; i >= last; i--) {
            if (fate[i] != Fate.NONE) {
                return i + 1;
            }
        }
        return last;
    }

    boolean isFrame(int offset) {
        return frames.get(offset);
    }

    boolean mustBeRefused(int offset) {
        return refused.get(offset);
    }

    Fate fate(int offset) {
        return fate[offset];
    }

    boolean ofItsCamera(int offset) {
        return claimed[offset] < 0 || claimed[offset] == camera[offset];
    }

    boolean ofItsPicture(int offset) {
        return shown[offset] == expected[offset];
    }

    int camera(int offset) {
        return camera[offset];
    }

    /** The same frames, no outcomes. */
    PartitionBook again() {
        PartitionBook book = new PartitionBook();
        book.frames.or(frames);
        book.refused.or(refused);
        book.expected = expected.clone();
        book.camera = camera.clone();
        book.fate = none(fate.length);
        book.shown = new long[shown.length];
        book.claimed = new int[claimed.length];
        return book;
    }

    private void grow(int offset) {
        if (offset >= fate.length) {
            int size = Math.max(offset + 1, 2 * fate.length);
            expected = Arrays.copyOf(expected, size);
            camera = Arrays.copyOf(camera, size);
            Fate[] more = none(size);
            System.arraycopy(fate, 0, more, 0, fate.length);
            fate = more;
            shown = Arrays.copyOf(shown, size);
            claimed = Arrays.copyOf(claimed, size);
        }
    }

    private static Fate[] none(int size) {
        Fate[] fates = new Fate[size];
        Arrays.fill(fates, Fate.NONE);
        return fates;
    }
}
