package dev.glimpse.detector;

import dev.glimpse.detector.C4Size.Block;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.detector.C4Size.ResNet;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;

/** The tensors of the teacher's detector. */
final class C4Tensors {
    private final TensorList t = new TensorList();
    private final ResNet size;
    /** First scale of the last norm of every residual branch, so that a network of any depth begins at even variance. */
    private final double last;

    private C4Tensors(ResNet size) {
        this.size = size;
        this.last = 1 / Math.sqrt(size.blocks().stream().mapToInt(b -> b).sum());
    }

    static DetectorTensors of(C4Size size) {
        C4Tensors tensors = new C4Tensors(size.backbone());
        tensors.backbone();
        tensors.heads(size);
        return tensors.t.tensors();
    }

    private void backbone() {
        t.kernel("backbone.stem.conv.weight", size.stem(), 3, 7);
        norm("backbone.stem.norm", size.stem(), 1);
        int in = size.stem();
        for (int s = 2; s <= 5; s++) {
            for (int b = 1; b <= size.blocks(s); b++) {
                block(s, b, in);
                in = size.width(s);
            }
        }
    }

    private void block(int s, int b, int in) {
        String name = "backbone.stage" + s + ".block" + b;
        int out = size.width(s);
        if (size.block() == Block.BASIC) {
            layer(name, 1, out, in, 3, 1);
            layer(name, 2, out, out, 3, last);
        } else {
            int inside = out / ResNet.BOTTLENECK;
            layer(name, 1, inside, in, 1, 1);
            layer(name, 2, inside, inside, 3, 1);
            layer(name, 3, out, inside, 1, last);
        }
        if (in != out || ResNetStages.stride(s, b) != 1) {
            t.kernel(name + ".shortcut.conv.weight", out, in, 1);
            norm(name + ".shortcut.norm", out, 1);
        }
    }

    private void layer(String block, int i, int out, int in, int kernel, double scale) {
        t.kernel(block + ".conv" + i + ".weight", out, in, kernel);
        norm(block + ".norm" + i, out, scale);
    }

    private void norm(String name, int channels, double scale) {
        if (size.norm() == Norm.FROZEN) {
            t.frozenNorm(name, channels, scale);
        } else {
            t.norm(name, channels, scale);
        }
    }

    private void heads(C4Size c4) {
        long in = size.width(4);
        long hidden = c4.proposalHidden();
        int anchors = Anchors.perPosition(c4.anchorSides().size());
        t.parameter(ParameterSpec.weight("rpn.conv.weight", Init.he(in * 9), hidden, in, 3, 3));
        t.parameter(ParameterSpec.bias("rpn.conv.bias", Init.zeros(), hidden));
        t.pointwise("rpn.objectness", hidden, anchors);
        t.pointwise("rpn.deltas", hidden, 4L * anchors);
        t.classified(c4.feature(), c4.classes());
        t.attributes(c4.feature(), c4.classes(), c4.attributes(), c4.attributeEmbedding(), c4.attributeHidden());
    }
}
