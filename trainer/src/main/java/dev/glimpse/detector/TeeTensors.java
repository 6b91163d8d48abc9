package dev.glimpse.detector;

import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.BackboneKind;

/** The tensors of the student's detector TEE. */
final class TeeTensors {
    private final TensorList t = new TensorList();

    private TeeTensors() {}

    static DetectorTensors of(DetectorSize size) {
        TeeTensors tensors = new TeeTensors();
        if (size.backbone().kind() == BackboneKind.PLAIN) {
            tensors.plain(size.backbone());
        } else {
            tensors.efficientNet();
        }
        tensors.pyramid(size);
        tensors.heads(size);
        return tensors.t.tensors();
    }

    private void plain(DetectorSize.Backbone size) {
        t.convolutionNorm("backbone.stem", size.stem(), 3, 3);
        long in = size.stem();
        for (int s = 1; s <= 4; s++) {
            String stage = "backbone.stage" + s;
            long width = size.widths().get(s - 1);
            t.convolutionNorm(stage + ".down", width, in, 3);
            for (int b = 1; b <= size.blocks().get(s - 1); b++) {
                for (int i = 1; i <= 2; i++) {
                    t.kernel(stage + ".block" + b + ".conv" + i + ".weight", width, width, 3);
                    t.norm(stage + ".block" + b + ".norm" + i, width);
                }
            }
            in = width;
        }
    }

    private void efficientNet() {
        t.convolutionNorm("backbone.stem", EfficientNetB0.STEM, 3, 3);
        long in = EfficientNetB0.STEM;
        for (int s = 0; s < EfficientNetB0.STAGES.size(); s++) {
            EfficientNetB0.Stage stage = EfficientNetB0.STAGES.get(s);
            for (int b = 1; b <= stage.blocks(); b++) {
                block("backbone.stage" + (s + 1) + ".block" + b, in, stage);
                in = stage.channels();
            }
        }
    }

    private void block(String name, long in, EfficientNetB0.Stage stage) {
        long inside = in * stage.expansion();
        if (stage.expansion() != 1) {
            t.convolutionNorm(name + ".expand", inside, in, 1);
        }
        t.convolutionNorm(name + ".depthwise", inside, 1, stage.kernel());
        t.linear(name + ".squeeze.reduce", inside, in / EfficientNetB0.SQUEEZE, Init.he(inside));
        t.linear(name + ".squeeze.expand", in / EfficientNetB0.SQUEEZE, inside, new Init.Normal(TensorList.SMALL));
        t.convolutionNorm(name + ".project", stage.channels(), inside, 1);
    }

    private void pyramid(DetectorSize size) {
        long c = size.pyramidChannels();
        for (int l = 0; l < 4; l++) {
            t.convolutionNorm("pyramid.lateral" + l, c, size.backbone().widths().get(l), 1);
        }
        for (int cell = 1; cell <= size.pyramidCells(); cell++) {
            for (String node : new String[] {"top2", "top1", "out0", "out1", "out2", "out3"}) {
                String name = "pyramid.cell" + cell + "." + node;
                int inputs = node.equals("out1") || node.equals("out2") ? 3 : 2;
                t.parameter(ParameterSpec.bias(name + ".fusion", Init.ones(), inputs));
                t.kernel(name + ".depthwise.weight", c, 1, 3);
                t.kernel(name + ".pointwise.weight", c, c, 1);
                t.norm(name + ".norm", c);
            }
        }
    }

    private void heads(DetectorSize size) {
        long c = size.pyramidChannels();
        int anchors = Anchors.perPosition(1);
        t.pointwise("rpn.objectness", c, anchors);
        t.pointwise("rpn.deltas", c, 4L * anchors);
        long crop = c * size.roi() * size.roi();
        long f = size.feature();
        t.linear("head.fc1", crop, f, Init.he(crop));
        t.linear("head.fc2", f, f, Init.he(f));
        t.classified(f, size.classes());
        t.attributes(
                size.feature(), size.classes(), size.attributes(), size.attributeEmbedding(), size.attributeHidden());
    }
}
