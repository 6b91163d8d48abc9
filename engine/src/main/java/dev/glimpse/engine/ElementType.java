package dev.glimpse.engine;

import dev.glimpse.error.UserError;

/** Element type of a tensor at the border of a network, with its name in the manifest. */
public enum ElementType {
    FLOAT("float", Float.BYTES),
    INT64("int64", Long.BYTES),
    UINT8("uint8", Byte.BYTES);

    private final String label;
    private final int size;

    ElementType(String label, int size) {
        this.label = label;
        this.size = size;
    }

    /** Name in a bundle's manifest. */
    public String label() {
        return label;
    }

    /** Bytes of one element. */
    public int size() {
        return size;
    }

    /** The type of this name in a manifest. */
    public static ElementType of(String label) {
        for (ElementType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        throw new UserError("tensors are float, int64 or uint8, found " + label);
    }
}
