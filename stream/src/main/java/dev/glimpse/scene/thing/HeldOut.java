package dev.glimpse.scene.thing;

/** The pairs of kind and colour that only the split {@code compose} shows: one colour each for the frequent kinds. */
public final class HeldOut {
    private HeldOut() {}

    /** Whether this kind has a colour held out. */
    public static boolean has(Category category) {
        return category.weight() >= 2 && category.colours().size() >= 4;
    }

    /** The colour held out for a kind that {@link #has} one. */
    public static Colour colour(Category category) {
        return category.colours()
                .get((category.ordinal() * 2 + 1) % category.colours().size());
    }

    public static boolean contains(Category category, Colour colour) {
        return has(category) && colour(category) == colour;
    }
}
