package dev.glimpse.ladder;

/** The rungs, from full service down. Each keeps what the ones above it have given up given up. */
public enum Level {
    /** Every frame is captioned and every standing question is asked of it. */
    FULL("everything"),
    /** Only every n-th frame of a camera gets words; the others get regions and answers. */
    FEWER_CAPTIONS("a caption for every n-th frame only"),
    /** No standing question is asked. */
    NO_STANDING("no standing questions"),
    /** No frame gets words. */
    NO_CAPTIONS("no captions, regions only"),
    /** Only every n-th frame of a camera is looked at. */
    FEWER_FRAMES("only every n-th frame"),
    /** Only one n-th of the cameras is looked at, each in its turn. */
    TURNS("cameras in turn");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** Level 0 is full service; this number stands in every result. */
    public int number() {
        return ordinal();
    }

    /** What is done, for people. */
    public String words() {
        return words;
    }

    boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }

    /** True while standing questions are asked. */
    public boolean asksStanding() {
        return !atLeast(NO_STANDING);
    }
}
