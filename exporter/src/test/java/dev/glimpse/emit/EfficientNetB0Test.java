package dev.glimpse.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EfficientNetB0Test {
    private static final int SIDE = 32;
    private static final int[][] STAGES = { // expansion, channels, blocks, stride, kernel
        {1, 16, 1, 1, 3},
        {6, 24, 2, 2, 3},
        {6, 40, 2, 2, 5},
        {6, 80, 3, 2, 3},
        {6, 112, 3, 1, 5},
        {6, 192, 4, 2, 5},
        {6, 320, 1, 1, 3}
    };

    private final RandomParameters parameters = new RandomParameters(5);

    @Test
    void mapsAreThoseOfPlainLoops() throws OrtException {
        OnnxGraph g = new OnnxGraph("backbone");
        Value picture = g.input("picture", OnnxType.FLOAT, Shape.BATCH, 3, SIDE, SIDE);
        Backbone size = new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        List<Value> maps = dev.glimpse.emit.Backbone.emit(g, parameters, size, picture);
        for (int i = 0; i < 4; i++) {
            g.output("map" + i, maps.get(i));
        }
        float[] pixels = new float[3 * SIDE * SIDE];
        Random random = new Random(3);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        Ort.Outputs out = new Ort().with("picture", pixels, 1, 3, SIDE, SIDE).run(g.build());
        List<Naive.Map3> expected =
                naive(Naive.Map3.make(3, SIDE, SIDE, (c, y, x) -> pixels[(c * SIDE + y) * SIDE + x]));
        for (int i = 0; i < 4; i++) {
            double[] found = out.get("map" + i);
            double[] wanted = expected.get(i).data();
            assertThat(found).hasSameSizeAs(wanted);
            for (int k = 0; k < found.length; k++) {
                assertThat(found[k]).isCloseTo(wanted[k], within(2e-5 * (1 + Math.abs(wanted[k]))));
            }
        }
    }

    private List<Naive.Map3> naive(Naive.Map3 picture) {
        Naive.Map3 x = normed(picture, "backbone.stem", 32, 3, 2, 1).map(Naive::swish);
        List<Naive.Map3> maps = new ArrayList<>();
        for (int s = 1; s <= 7; s++) {
            int[] stage = STAGES[s - 1];
            for (int b = 1; b <= stage[2]; b++) {
                x = block(x, "backbone.stage" + s + ".block" + b, stage, b == 1 ? stage[3] : 1);
            }
            if (s == 2 || s == 3 || s == 5 || s == 7) {
                maps.add(x);
            }
        }
        return maps;
    }

    private Naive.Map3 block(Naive.Map3 x, String name, int[] stage, int stride) {
        Naive.Map3 y = x;
        if (stage[0] > 1) {
            y = normed(y, name + ".expand", stage[0] * x.channels(), 1, 1, 1).map(Naive::swish);
        }
        Naive.Map3 deep = normed(y, name + ".depthwise", y.channels(), stage[4], stride, y.channels())
                .map(Naive::swish);
        double[] gate = gate(deep, name + ".squeeze", x.channels() / 4);
        Naive.Map3 gated =
                Naive.Map3.make(deep.channels(), deep.height(), deep.width(), (c, i, j) -> deep.at(c, i, j) * gate[c]);
        Naive.Map3 projected = normed(gated, name + ".project", stage[1], 1, 1, 1);
        return stride == 1 && x.channels() == stage[1]
                ? NaiveDetector.sum(new double[] {1, 1}, x, projected)
                : projected;
    }

    private double[] gate(Naive.Map3 x, String name, int reduced) {
        double[] mean = new double[x.channels()];
        for (int c = 0; c < mean.length; c++) {
            for (int i = 0; i < x.height() * x.width(); i++) {
                mean[c] += x.at(c, i / x.width(), i % x.width()) / (x.height() * x.width());
            }
        }
        double[] hidden = Arrays.stream(Naive.linear(mean, parameters, name + ".reduce", reduced))
                .map(Naive::swish)
                .toArray();
        return Arrays.stream(Naive.linear(hidden, parameters, name + ".expand", mean.length))
                .map(v -> 1 / (1 + Math.exp(-v)))
                .toArray();
    }

    private Naive.Map3 normed(Naive.Map3 x, String name, int out, int kernel, int stride, int groups) {
        float[] weight = parameters.get(name + ".conv.weight", out, x.channels() / groups, kernel, kernel);
        return Naive.batchNorm(Naive.convolution(x, weight, out, kernel, stride, groups), parameters, name + ".norm");
    }
}
