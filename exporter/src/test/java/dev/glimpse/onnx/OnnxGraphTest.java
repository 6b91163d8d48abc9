package dev.glimpse.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OnnxGraphTest {
    private final OnnxGraph g = new OnnxGraph("test");
    private final Value x = g.input("x", OnnxType.FLOAT, Shape.BATCH, 6, 4);
    private final Value ids = g.input("ids", OnnxType.INT64, Shape.BATCH, 3);

    @Test
    void shapesAreKnownThroughFoldingTheBatchAway() {
        Value flat = g.reshape(x, Shape.BATCH, 4); // six rows for each picture
        assertThat(flat.shape()).isEqualTo(Shape.of(-6, 4));
        assertThat(flat.shape().toString()).isEqualTo("(6B, 4)");
        assertThat(g.reshape(flat, Shape.BATCH, 2, 12).shape()).isEqualTo(Shape.of(Shape.BATCH, 2, 12));
        assertThat(g.rows(x, ids).shape()).isEqualTo(Shape.of(Shape.BATCH, 3, 4));
        assertThat(g.gather(x, g.scalar(1L), 1).shape()).isEqualTo(Shape.of(Shape.BATCH, 4));
        assertThat(g.transpose(x, 2, 0, 1).shape()).isEqualTo(Shape.of(4, Shape.BATCH, 6));
        assertThat(g.slice(x, -1, 1, 3).shape()).isEqualTo(Shape.of(Shape.BATCH, 6, 2));
        assertThat(g.concat(1, x, x).shape()).isEqualTo(Shape.of(Shape.BATCH, 12, 4));
    }

    @Test
    void aWrongOperandIsRefusedOnTheLineThatWritesIt() {
        Value weight = g.constant(new float[15], 5, 3);
        refused(() -> g.matMul(x, weight), "MatMul of x float (B, 6, 4) and");
        refused(() -> g.add(x, ids), "Add of x float");
        refused(() -> g.add(x, weight), "do not broadcast");
        refused(() -> g.reshape(x, Shape.BATCH, 5), "Reshape of x");
        refused(() -> g.reshape(x, 4, 6), "Reshape of x");
        refused(() -> g.concat(1, x, ids), "Concat of");
        refused(() -> g.slice(x, 1, 2, 7), "Slice 2 to 7 of axis 1");
        refused(() -> g.gather(x, x, 0), "Gather of x");
        refused(() -> g.topK(x, 5), "TopK 5 of x");
        refused(() -> g.relu(ids), "Relu of ids int64");
        refused(() -> g.squeeze(x, 1), "Squeeze of axis 1");
        refused(() -> g.constant(new float[3], 2, 2), "3 constants for shape (2, 2)");
        refused(() -> new Vision(g).halve(x), "MaxPool of x");
        refused(() -> g.output("y", g.reshape(x, Shape.BATCH, 4)), "at the border");
    }

    @Test
    void equalConstantsAreStoredOnceAndCountedOnce() {
        Value a = g.constant(new float[] {1, 2}, 2);
        Value b = g.constant(new float[] {1, 2}, 2);
        Value other = g.constant(new float[] {1, 2}, 1, 2);
        assertThat(a).isEqualTo(b);
        assertThat(other).isNotEqualTo(a);
        g.output("y", g.add(g.add(a, b), other));
        assertThat(g.build().parameters()).isEqualTo(4);
    }

    @Test
    void theContractIsThatOfTheGraph() {
        g.output("y", g.relu(x));
        assertThat(g.build().contract().inputs())
                .extracting(Object::toString)
                .containsExactly(
                        "TensorContract[name=x, type=float, shape=[-1, 6, 4]]",
                        "TensorContract[name=ids, type=int64, shape=[-1, 3]]");
        assertThat(g.build().contract().outputs())
                .extracting(Object::toString)
                .containsExactly("TensorContract[name=y, type=float, shape=[-1, 6, 4]]");
    }

    private static void refused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
