"""Makes the small graphs of the engine's tests: `pip install onnx==1.23.1 && python make.py`, in this folder."""

import onnx
from onnx import TensorProto, helper


def save(name, nodes, inputs, outputs, opsets=(("", 17),)):
    def info(tensor):
        return helper.make_tensor_value_info(*tensor)

    graph = helper.make_graph(nodes, name, [info(t) for t in inputs], [info(t) for t in outputs])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in opsets])
    model.ir_version = 8
    onnx.save(model, name + ".onnx")


FLOATS = TensorProto.FLOAT

# total = x + y
save(
    "add",
    [helper.make_node("Add", ["x", "y"], ["total"])],
    [("x", FLOATS, ["B", 3]), ("y", FLOATS, ["B", 3])],
    [("total", FLOATS, ["B", 3])],
)

# Every type that crosses the border: numbers = float(bytes), kept = longs
save(
    "types",
    [
        helper.make_node("Cast", ["bytes"], ["numbers"], to=FLOATS),
        helper.make_node("Identity", ["longs"], ["kept"]),
    ],
    [("bytes", TensorProto.UINT8, ["B", 2]), ("longs", TensorProto.INT64, ["B"])],
    [("numbers", FLOATS, ["B", 2]), ("kept", TensorProto.INT64, ["B"])],
)

# An operator set that ONNX Runtime's processor provider does not have.
save(
    "roialign22",
    [helper.make_node("RoiAlign", ["map", "boxes", "batch"], ["crops"], output_height=2, output_width=2)],
    [("map", FLOATS, ["B", 1, 4, 4]), ("boxes", FLOATS, ["N", 4]), ("batch", TensorProto.INT64, ["N"])],
    [("crops", FLOATS, ["N", 1, 2, 2])],
    (("", 22),),
)

# An operator that no engine has.
save(
    "unknown-operator",
    [helper.make_node("Telepathy", ["x"], ["y"], domain="dev.glimpse.test")],
    [("x", FLOATS, ["B", 3])],
    [("y", FLOATS, ["B", 3])],
    (("", 17), ("dev.glimpse.test", 1)),
)
