package dev.glimpse.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of TensorFlow's {@code Event} message (event.proto, summary.proto) that carries scalars: wall time 1, step 2, file
 * version 3, summary 5; in the summary values 1; in a value tag 1 and simple value 2.
 *
 * @param time seconds since 1970
 * @param version empty but in the first event of a file
 * @param scalars by tag
 */
record Event(double time, long step, String version, Map<String, Double> scalars) {
    private static final int TIME = 1;
    private static final int STEP = 2;
    private static final int VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE = 2;

    /** The event that a file begins with. */
    static Event version(double time) {
        return new Event(time, 0, "brain.Event:2", Map.of());
    }

    byte[] bytes() {
        return written(out -> {
            out.writeDouble(TIME, time);
            out.writeInt64(STEP, step);
            if (!version.isEmpty()) {
                out.writeString(VERSION, version);
            }
            if (!scalars.isEmpty()) {
                out.writeBytes(SUMMARY, ByteString.copyFrom(written(this::summary)));
            }
        });
    }

    private void summary(CodedOutputStream out) throws IOException {
        for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
            byte[] value = written(inner -> {
                inner.writeString(TAG, scalar.getKey());
                inner.writeFloat(SIMPLE, scalar.getValue().floatValue());
            });
            out.writeBytes(VALUE, ByteString.copyFrom(value));
        }
    }

    /** Reads what {@link #bytes} wrote; other fields are skipped. */
    static Event of(byte[] bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            double time = 0;
            long step = 0;
            String version = "";
            Map<String, Double> scalars = new LinkedHashMap<>();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case TIME -> time = in.readDouble();
                    case STEP -> step = in.readInt64();
                    case VERSION -> version = in.readString();
                    case SUMMARY -> summary(in.readBytes().newCodedInput(), scalars);
                    default -> in.skipField(tag);
                }
            }
            return new Event(time, step, version, scalars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void summary(CodedInputStream in, Map<String, Double> scalars) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == VALUE) {
                value(in.readBytes().newCodedInput(), scalars);
            } else {
                in.skipField(tag);
            }
        }
    }

    private static void value(CodedInputStream in, Map<String, Double> scalars) throws IOException {
        String name = "";
        double number = Double.NaN;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case TAG -> name = in.readString();
                case SIMPLE -> number = in.readFloat();
                default -> in.skipField(tag);
            }
        }
        scalars.put(name, number);
    }

    /** Writes fields of a message. */
    private interface Fields {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
