package dev.glimpse.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Casts between 32 and 16 bits that carry gradient: {@code toType} does not. The same array where nothing is to be done. */
public final class Cast {
    private Cast() {}

    /** The values in the type of {@code like}, which is float of 32 or 16 bits. */
    public static NDArray like(NDArray x, NDArray like) {
        return like.getDataType() == DataType.FLOAT16 ? narrow(x) : wide(x);
    }

    /** The values in 16 bits; those beyond 65504 become infinite. */
    public static NDArray narrow(NDArray x) {
        if (x.getDataType() == DataType.FLOAT16) {
            return x;
        }
        NDArray half = x.getManager().create(x.getShape(), DataType.FLOAT16);
        half.set(new NDIndex("..."), x); // a copy in place is something that the engine records
        return half;
    }

    /** The values in 32 bits. */
    public static NDArray wide(NDArray x) {
        if (x.getDataType() == DataType.FLOAT32) {
            return x;
        }
        return x.mul(x.getManager().create(new float[] {1}, new Shape(1))); // the wider type of two arrays wins
    }
}
