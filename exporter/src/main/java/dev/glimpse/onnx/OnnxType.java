package dev.glimpse.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** Element type of a value, with its name in a bundle's manifest. */
public enum OnnxType {
    FLOAT("float", DataType.FLOAT),
    INT64("int64", DataType.INT64),
    UINT8("uint8", DataType.UINT8),
    BOOL("bool", DataType.BOOL);

    private final String label;
    private final DataType proto;

    OnnxType(String label, DataType proto) {
        this.label = label;
        this.proto = proto;
    }

    /** Name in a manifest. */
    public String label() {
        return label;
    }

    int number() {
        return proto.getNumber();
    }
}
