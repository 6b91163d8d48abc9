package dev.glimpse.detector;

import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The size of a detector in, the multiplications with addition that one picture takes out: those of convolutions, linear layers
 * and RoIAlign, with as many proposals and regions as there can be. Each number of a kernel or matrix is used once at every
 * position that its layer puts out, so tensor shapes and strides say it all.
 *
 * <p>Not counted: norms, activations, additions of biases and shortcuts, pooling, suppression. A depthwise convolution and the
 * pointwise one behind it count as two, as in an exported graph, although {@link Pyramid} computes them as one.
 *
 * @param levels picture to maps
 * @param proposals objectness and deltas of all anchors
 * @param crops RoIAlign of all boxes as two matrix products each; a pyramid's boxes are taken to be of the canonical side, whose
 *     level has stride 16
 * @param regions features, classes and deltas of all boxes
 * @param attributes attributes of the final regions
 */
public record DetectorMultiplyAdds(long levels, long proposals, long crops, long regions, long attributes) {
    /** Of the student: every proposal goes through its box head once. */
    public static DetectorMultiplyAdds of(DetectorSize size) {
        List<ParameterSpec> tensors = TeeTensors.of(size).parameters();
        Picture picture = new Picture(size.pictureWidth(), size.pictureHeight());
        ToLongFunction<String> backbone = size.backbone().kind() == BackboneKind.PLAIN
                ? name -> picture.positions(plainStride(name))
                : name -> name.contains(".squeeze.") ? 1 : picture.positions(efficientNetStride(name));
        long anchored =
                DetectorSize.STRIDES.stream().mapToLong(picture::positions).sum();
        return new DetectorMultiplyAdds(
                sum(tensors, "backbone.", backbone)
                        + sum(tensors, "pyramid.", name -> picture.positions(pyramidStride(name))),
                sum(tensors, "rpn.", name -> anchored),
                picture.crops(16, size.pyramidChannels(), size.proposals(), size.roi()),
                sum(tensors, "head.", name -> size.proposals()),
                attributes(tensors, size.regions()));
    }

    /** Of the teacher: the final regions go through stage 5 and the heads a second time, after all proposals. */
    public static DetectorMultiplyAdds of(C4Size size) {
        List<ParameterSpec> tensors = C4Tensors.of(size).parameters();
        Picture picture = new Picture(size.pictureWidth(), size.pictureHeight());
        long boxes = (long) size.proposals() + size.regions();
        int channels = size.backbone().width(4);
        String last = "backbone.stage5.";
        return new DetectorMultiplyAdds(
                sum(
                        tensors,
                        "backbone.",
                        name -> name.startsWith(last) ? 0 : picture.positions(resNetStride(name, size.backbone()))),
                sum(tensors, "rpn.", name -> picture.positions(C4Size.STRIDE)),
                picture.crops(C4Size.STRIDE, channels, boxes, size.roi()),
                sum(tensors, "head.", name -> boxes)
                        + sum(tensors, last, name -> boxes * cropPositions(name, size.backbone(), size.roi())),
                attributes(tensors, 2L * size.regions()));
    }

    /** All of them. */
    public long all() {
        return levels + proposals + crops + regions + attributes;
    }

    /** Pixels of a network's input. */
    private record Picture(long width, long height) {
        long positions(int stride) {
            return width / stride * (height / stride);
        }

        /** P x H times H x W C, then P x W times W x P C, for every box. */
        long crops(int stride, long channels, long boxes, long p) {
            long w = width / stride;
            long h = height / stride;
            return boxes * p * w * channels * (h + p);
        }
    }

    /** Numbers of all kernels and matrices with that beginning, each times its uses. */
    private static long sum(List<ParameterSpec> tensors, String beginning, ToLongFunction<String> uses) {
        return tensors.stream()
                .filter(t -> t.name().startsWith(beginning) && t.shape().dimension() > 1)
                .mapToLong(t -> t.shape().size() * uses.applyAsLong(t.name()))
                .sum();
    }

    /** The embedding is looked up, not multiplied. */
    private static long attributes(List<ParameterSpec> tensors, long regions) {
        return sum(tensors, "attribute.", name -> name.contains("embedding") ? 0 : regions);
    }

    private static int plainStride(String name) {
        return name.startsWith("backbone.stem") ? 2 : 2 << stage(name);
    }

    private static int efficientNetStride(String name) {
        if (name.startsWith("backbone.stem")) {
            return 2;
        }
        int stride = 2;
        for (int s = 0; s < stage(name) - 1; s++) {
            stride *= EfficientNetB0.STAGES.get(s).stride();
        }
        boolean before = name.contains(".block1.expand.");
        return before
                ? stride
                : stride * EfficientNetB0.STAGES.get(stage(name) - 1).stride();
    }

    private static int pyramidStride(String name) {
        String node = name.split("\\.")[name.contains(".lateral") ? 1 : 2]; // lateral0, top2, out3
        return DetectorSize.STRIDES.get(node.charAt(node.length() - 1) - '0');
    }

    private static int resNetStride(String name, C4Size.ResNet size) {
        if (name.startsWith("backbone.stem")) {
            return 2;
        }
        int stride = 1 << stage(name);
        return isBeforeStride(name, size) ? stride / ResNetStages.stride(stage(name), 1) : stride;
    }

    private static long cropPositions(String name, C4Size.ResNet size, int p) {
        long side = isBeforeStride(name, size) ? p : (p + 1) / 2;
        return side * side;
    }

    /** Whether a convolution still puts out as many positions as its stage gets. */
    private static boolean isBeforeStride(String name, C4Size.ResNet size) {
        return size.block() == C4Size.Block.BOTTLENECK && name.contains(".block1.conv1.");
    }

    private static int stage(String name) {
        int at = name.indexOf(".stage") + ".stage".length();
        return Integer.parseInt(name.substring(at, name.indexOf('.', at)));
    }
}
