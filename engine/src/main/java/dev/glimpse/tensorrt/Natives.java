package dev.glimpse.tensorrt;

import com.sun.jna.Function;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.INoCopy;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.jspecify.annotations.Nullable;

/**
 * Objects of TensorRT, deleted in the reverse order of their making. JavaCPP does not delete what a library's function has
 * made, so this calls the C++ destructor itself: the Itanium ABI, which every C++ compiler for Linux follows, has the address
 * of the deleting destructor in the table of virtual functions that an object begins with.
 */
final class Natives implements AutoCloseable {
    /** {@code INoCopy} declares its destructor first: entry 0 destroys, entry 1 also frees. */
    private static final int NO_COPY = 1;

    /** {@code IParser} declares eight functions before its destructor, in TensorRT 10.1 to 10.16. */
    private static final int PARSER = 9;

    private final Deque<Runnable> deletions = new ArrayDeque<>();

    /**
     * Takes an object over.
     *
     * @param refusal what to throw when the library made none
     */
    <T extends INoCopy> T own(@Nullable T made, Supplier<? extends RuntimeException> refusal) {
        T object = require(made, refusal);
        deletions.push(() -> delete(object.address(), NO_COPY));
        return object;
    }

    /** As {@link #own(INoCopy, Supplier)}, for a parser. */
    IParser own(@Nullable IParser made, Supplier<? extends RuntimeException> refusal) {
        IParser parser = require(made, refusal);
        deletions.push(() -> delete(parser.address(), PARSER));
        return parser;
    }

    private static <T extends Pointer> T require(@Nullable T made, Supplier<? extends RuntimeException> refusal) {
        if (made == null || made.isNull()) {
            throw refusal.get();
        }
        return made;
    }

    /** Deletes one object that {@link #own} has not seen. */
    static void delete(INoCopy object) {
        delete(object.address(), NO_COPY);
    }

    private static void delete(long object, int destructor) {
        com.sun.jna.Pointer self = new com.sun.jna.Pointer(object);
        com.sun.jna.Pointer table = self.getPointer(0);
        Function.getFunction(table.getPointer((long) destructor * Long.BYTES)).invokeVoid(new Object[] {self});
    }

    @Override
    public void close() {
        while (!deletions.isEmpty()) {
            deletions.pop().run();
        }
    }
}
