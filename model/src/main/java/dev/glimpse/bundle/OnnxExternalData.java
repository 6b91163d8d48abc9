package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Refuses ONNX files that name other files. A tensor with external data makes an engine open any path the file asks for,
 * so the protobuf is walked here, before an engine sees it.
 *
 * <p>Field numbers are those of onnx.proto3 (IR version 8).
 */
final class OnnxExternalData {
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR,
        TRAINING
    }

    /** Fields of each message that hold another message of interest. */
    private static final Map<Message, Map<Integer, Message>> CHILDREN = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5,
                            Message.TENSOR,
                            6,
                            Message.GRAPH,
                            10,
                            Message.TENSOR,
                            11,
                            Message.GRAPH,
                            22,
                            Message.SPARSE,
                            23,
                            Message.SPARSE),
            Message.SPARSE, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of());

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    private static final int DEEPEST = 32;

    private final String file;

    private OnnxExternalData(String file) {
        this.file = file;
    }

    /**
     * @param file name for the message
     * @param model the whole ONNX file
     */
    static void refuse(String file, byte[] model) {
        new OnnxExternalData(file).walk(ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN), Message.MODEL, 0);
    }

    private void walk(ByteBuffer bytes, Message message, int depth) {
        require(depth < DEEPEST, "%s: expected at most %d nested messages, found more", file, DEEPEST);
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> number(field, varint(bytes), message);
                case 1 -> skip(bytes, 8);
                case 2 -> nested(bytes, field, message, depth);
                case 5 -> skip(bytes, 4);
                default -> throw damaged();
            }
        }
    }

    private void number(int field, long value, Message message) {
        boolean external = message == Message.TENSOR && field == DATA_LOCATION && value != 0;
        require(!external, "%s: expected every tensor inside the file, found external data", file);
    }

    private void nested(ByteBuffer bytes, int field, Message message, int depth) {
        long length = varint(bytes);
        if (length < 0 || length > bytes.remaining()) {
            throw damaged();
        }
        boolean external = message == Message.TENSOR && field == EXTERNAL_DATA;
        require(!external, "%s: expected every tensor inside the file, found external data", file);
        Message child = CHILDREN.getOrDefault(message, Map.of()).get(field);
        if (child != null) {
            ByteBuffer slice = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
            walk(slice, child, depth + 1);
        }
        bytes.position(bytes.position() + (int) length);
    }

    private void skip(ByteBuffer bytes, int length) {
        if (bytes.remaining() < length) {
            throw damaged();
        }
        bytes.position(bytes.position() + length);
    }

    private long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw damaged();
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private UserError damaged() {
        return new UserError(file + ": expected an ONNX file, found bytes that are no protobuf");
    }
}
