package dev.glimpse.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfStorageTest {
    @Test
    void everyHalfIsTheHalfNearestToItself() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = widened((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfStorage.half(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void roundingChangesANormalNumberByAtMostOneIn2048() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3));
            assertThat(Math.abs(widened(HalfStorage.half(value)) - value))
                    .isLessThanOrEqualTo(Math.max(Math.abs(value) / 2048, 0x1p-25f));
        }
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        assertThat(HalfStorage.half(1 + 0x1p-11f)).isEqualTo((short) 0x3C00);
        assertThat(HalfStorage.half(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3C02);
        assertThat(HalfStorage.half(70_000)).isEqualTo((short) 0x7C00);
    }

    @Test
    void largeWeightsShrinkByHalfAndSmallOnesStay() {
        OnnxGraph g = new OnnxGraph("test");
        Value x = g.input("x", OnnxType.FLOAT, Shape.BATCH, 64);
        Value product = g.matMul(x, g.constant(new float[64 * 64], 64, 64));
        g.output("y", g.add(product, g.constant(new float[64], 64)));
        OnnxModel stored = HalfStorage.of(g.build());
        assertThat(stored.proto().getGraph().getInitializerList())
                .extracting(TensorProto::getDataType)
                .containsExactlyInAnyOrder(
                        TensorProto.DataType.FLOAT16.getNumber(), TensorProto.DataType.FLOAT.getNumber());
        assertThat(stored.proto().getGraph().getNode(0).getOpType()).isEqualTo("Cast");
        assertThat(stored.parameters()).isEqualTo(64 * 64 + 64);
    }

    private static float widened(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 31
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        return (float) (bits < 0 ? -magnitude : magnitude);
    }
}
