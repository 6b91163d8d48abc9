package dev.glimpse.detector;

import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names and shapes of every tensor of a detector, in the order of docs/networks.md.
 *
 * @param parameters what is trained
 * @param statistics running means and variances of the batch norms
 */
public record DetectorTensors(List<ParameterSpec> parameters, List<ParameterSpec> statistics) {
    /** Deviation of the first weights of layers whose output means little before training. */
    private static final double SMALL = 0.01;

    public DetectorTensors {
        parameters = List.copyOf(parameters);
        statistics = List.copyOf(statistics);
    }

    public static DetectorTensors of(DetectorSize size) {
        Builder b = new Builder();
        if (size.backbone().kind() == BackboneKind.PLAIN) {
            b.plain(size.backbone());
        } else {
            b.efficientNet();
        }
        b.pyramid(size);
        b.heads(size);
        return new DetectorTensors(b.parameters, b.statistics);
    }

    /** Numbers of a checkpoint: trained ones and running statistics. */
    public long count() {
        return Stream.concat(parameters.stream(), statistics.stream())
                .mapToLong(p -> p.shape().size())
                .sum();
    }

    private static final class Builder {
        private final List<ParameterSpec> parameters = new ArrayList<>();
        private final List<ParameterSpec> statistics = new ArrayList<>();

        /** A kernel (out, in / groups, height, width). */
        private void kernel(String name, long out, long in, long side) {
            parameters.add(ParameterSpec.weight(name, Init.he(in * side * side), out, in, side, side));
        }

        private void norm(String name, long channels) {
            parameters.add(ParameterSpec.bias(name + ".weight", Init.ones(), channels));
            parameters.add(ParameterSpec.bias(name + ".bias", Init.zeros(), channels));
            statistics.add(ParameterSpec.bias(name + ".mean", Init.zeros(), channels));
            statistics.add(ParameterSpec.bias(name + ".variance", Init.ones(), channels));
        }

        private void linear(String name, long in, long out, Init init) {
            parameters.add(ParameterSpec.weight(name + ".weight", init, in, out));
            parameters.add(ParameterSpec.bias(name + ".bias", Init.zeros(), out));
        }

        /** A 1x1 convolution with bias. */
        private void pointwise(String name, long in, long out) {
            parameters.add(ParameterSpec.weight(name + ".weight", new Init.Normal(SMALL), out, in, 1, 1));
            parameters.add(ParameterSpec.bias(name + ".bias", Init.zeros(), out));
        }

        private void convolutionNorm(String prefix, long out, long in, long kernel) {
            kernel(prefix + ".conv.weight", out, in, kernel);
            norm(prefix + ".norm", out);
        }

        private void plain(DetectorSize.Backbone size) {
            convolutionNorm("backbone.stem", size.stem(), 3, 3);
            long in = size.stem();
            for (int s = 1; s <= 4; s++) {
                String stage = "backbone.stage" + s;
                long width = size.widths().get(s - 1);
                convolutionNorm(stage + ".down", width, in, 3);
                for (int b = 1; b <= size.blocks().get(s - 1); b++) {
                    for (int i = 1; i <= 2; i++) {
                        kernel(stage + ".block" + b + ".conv" + i + ".weight", width, width, 3);
                        norm(stage + ".block" + b + ".norm" + i, width);
                    }
                }
                in = width;
            }
        }

        private void efficientNet() {
            convolutionNorm("backbone.stem", EfficientNetB0.STEM, 3, 3);
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
                convolutionNorm(name + ".expand", inside, in, 1);
            }
            convolutionNorm(name + ".depthwise", inside, 1, stage.kernel());
            linear(name + ".squeeze.reduce", inside, in / EfficientNetB0.SQUEEZE, Init.he(inside));
            linear(name + ".squeeze.expand", in / EfficientNetB0.SQUEEZE, inside, new Init.Normal(SMALL));
            convolutionNorm(name + ".project", stage.channels(), inside, 1);
        }

        private void pyramid(DetectorSize size) {
            long c = size.pyramidChannels();
            for (int l = 0; l < 4; l++) {
                convolutionNorm(
                        "pyramid.lateral" + l, c, size.backbone().widths().get(l), 1);
            }
            for (int cell = 1; cell <= size.pyramidCells(); cell++) {
                for (String node : new String[] {"top2", "top1", "out0", "out1", "out2", "out3"}) {
                    String name = "pyramid.cell" + cell + "." + node;
                    int inputs = node.equals("out1") || node.equals("out2") ? 3 : 2;
                    parameters.add(ParameterSpec.bias(name + ".fusion", Init.ones(), inputs));
                    kernel(name + ".depthwise.weight", c, 1, 3);
                    kernel(name + ".pointwise.weight", c, c, 1);
                    norm(name + ".norm", c);
                }
            }
        }

        private void heads(DetectorSize size) {
            long c = size.pyramidChannels();
            int anchors = DetectorSize.ASPECT_RATIOS.size();
            pointwise("rpn.objectness", c, anchors);
            pointwise("rpn.deltas", c, 4L * anchors);
            long crop = c * size.roi() * size.roi();
            long f = size.feature();
            linear("head.fc1", crop, f, Init.he(crop));
            linear("head.fc2", f, f, Init.he(f));
            linear("head.class", f, size.classes() + 1L, new Init.Normal(SMALL));
            linear("head.deltas", f, 4, new Init.Normal(SMALL / 10));
            if (size.attributes() > 0) {
                long e = size.attributeEmbedding();
                long hidden = size.attributeHidden();
                parameters.add(
                        ParameterSpec.weight("attribute.embedding.weight", new Init.Normal(1), size.classes() + 1L, e));
                linear("attribute.hidden", e + f, hidden, Init.he(e + f));
                linear("attribute.output", hidden, size.attributes(), new Init.Normal(SMALL));
            }
        }
    }
}
