package dev.glimpse.tensorrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns the uint8 activations of an 8-bit graph into the int8 ones with zero point 0 that TensorRT wants, byte for byte in
 * place: types, zero points and scales change, nothing moves.
 *
 * <p>A bundle's activations have the zero point 128, or 0 where nothing is negative. The former are the same numbers in
 * int8; the latter lose one bit, for their scale grows by 255 / 127.
 *
 * <p>Field numbers are those of onnx.proto3. A graph without such activations comes out as it went in.
 */
public final class SignedActivations {
    private static final int GRAPH = 7;
    private static final int INITIALISER = 5;
    private static final int DATA_TYPE = 2;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int UINT8 = 2;
    private static final byte INT8 = 3;
    private static final String ZERO = "_zero";
    private static final String SCALE = "_scale";

    private final ByteBuffer bytes;
    /** Places of the one number of each scalar initialiser, by name. */
    private final Map<String, Integer> scales = new HashMap<>();

    private final Map<String, Integer> zeros = new HashMap<>();

    private SignedActivations(byte[] model) {
        bytes = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A copy of an ONNX model that was verified before, with signed activations. */
    public static byte[] of(byte[] model) {
        byte[] copy = model.clone();
        SignedActivations rewriting = new SignedActivations(copy);
        rewriting.walk(0, copy.length, GRAPH);
        rewriting.zeros.forEach((name, at) -> {
            Integer scale = rewriting.scales.get(name);
            if (copy[at] == 0 && scale != null) {
                rewriting.bytes.putFloat(scale, rewriting.bytes.getFloat(scale) * 255 / 127);
            }
            copy[at] = 0;
        });
        return copy;
    }

    /** Goes through one message and into its fields of one number. */
    private void walk(int from, int to, int wanted) {
        bytes.position(from);
        while (bytes.position() < to) {
            int tag = (int) varint();
            if ((tag & 7) == 2) {
                int length = (int) varint();
                int start = bytes.position();
                if (tag >>> 3 == wanted && wanted == GRAPH) {
                    walk(start, start + length, INITIALISER);
                } else if (tag >>> 3 == wanted) {
                    tensor(start, start + length);
                }
                bytes.position(start + length);
            } else {
                skip(tag);
            }
        }
    }

    /** Notes where a scale lies; changes the type of a zero point and notes where it lies. */
    private void tensor(int from, int to) {
        String name = "";
        int type = 0;
        int typeAt = 0;
        int dataAt = 0;
        int size = 0;
        bytes.position(from);
        while (bytes.position() < to) {
            int tag = (int) varint();
            if (tag >>> 3 == DATA_TYPE) {
                typeAt = bytes.position();
                type = (int) varint();
            } else if ((tag & 7) == 2) {
                int length = (int) varint();
                int start = bytes.position();
                if (tag >>> 3 == NAME) {
                    name = new String(bytes.array(), start, length, StandardCharsets.UTF_8);
                } else if (tag >>> 3 == RAW_DATA) {
                    dataAt = start;
                    size = length;
                }
                bytes.position(start + length);
            } else {
                skip(tag);
            }
        }
        if (name.endsWith(SCALE) && size == Float.BYTES) {
            scales.put(name.substring(0, name.length() - SCALE.length()), dataAt);
        } else if (name.endsWith(ZERO) && type == UINT8 && size == 1) {
            bytes.put(typeAt, INT8);
            zeros.put(name.substring(0, name.length() - ZERO.length()), dataAt);
        }
    }

    private void skip(int tag) {
        switch (tag & 7) {
            case 0 -> varint();
            case 1 -> bytes.position(bytes.position() + Long.BYTES);
            case 5 -> bytes.position(bytes.position() + Integer.BYTES);
            default -> throw new IllegalStateException("a verified ONNX model has no group fields");
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a verified ONNX model has no longer numbers");
    }
}
