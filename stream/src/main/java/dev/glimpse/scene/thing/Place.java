package dev.glimpse.scene.thing;

/** Where a scene plays. Heights are those of a level camera. */
public enum Place {
    STREET("street", 122, 152, 226, 0, 0),
    BEACH("beach", 92, 158, 228, 106, 134),
    FIELD("field", 108, 142, 228, 0, 0),
    ROOM("room", 150, 166, 230, 0, 0),
    HARBOUR("harbor", 88, 186, 230, 112, 162),
    CITY("city", 130, 160, 228, 0, 0),
    MOUNTAIN("mountains", 118, 152, 228, 0, 0);

    private final String word;
    private final double horizon;
    private final double groundTop;
    private final double groundBottom;
    private final double waterTop;
    private final double waterBottom;

    Place(String word, double horizon, double groundTop, double groundBottom, double waterTop, double waterBottom) {
        this.word = word;
        this.horizon = horizon;
        this.groundTop = groundTop;
        this.groundBottom = groundBottom;
        this.waterTop = waterTop;
        this.waterBottom = waterBottom;
    }

    /** The English word, as an answer. */
    public String word() {
        return word;
    }

    /** Where sky or wall ends. */
    public double horizon() {
        return horizon;
    }

    /** Farthest height at which things stand. */
    public double groundTop() {
        return groundTop;
    }

    /** Nearest height at which things stand. */
    public double groundBottom() {
        return groundBottom;
    }

    /** Farthest height at which things swim; 0 where there is no water. */
    public double waterTop() {
        return waterTop;
    }

    /** Nearest height at which things swim; 0 where there is no water. */
    public double waterBottom() {
        return waterBottom;
    }

    public boolean hasWater() {
        return waterBottom > 0;
    }

    public boolean indoors() {
        return this == ROOM;
    }

    /** Scale of a thing whose feet are at height y: 0.66 at the far edge, 1.12 at the near one. */
    public double scaleAt(double y) {
        double near = (y - groundTop) / (groundBottom - groundTop);
        return 0.66 + 0.46 * Math.max(-0.25, Math.min(1.1, near));
    }
}
