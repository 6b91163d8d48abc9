package dev.glimpse.size;

import static dev.glimpse.error.UserError.require;

import java.util.List;

/**
 * Size of the student's detector TEE: backbone, BiFPN, region proposals, box head (MiniVLM, arXiv 2012.06946).
 *
 * @param pictureWidth width of the network's input in pixels, a multiple of 32
 * @param pictureHeight height of the network's input in pixels, a multiple of 32
 * @param backbone which backbone, and how wide
 * @param pyramidChannels channels of every BiFPN level
 * @param pyramidCells number of BiFPN cells
 * @param anchorScale side of a level's square anchor, in strides of that level
 * @param preNms proposals kept by objectness before suppression
 * @param proposals proposals kept after suppression at IoU .7
 * @param canonicalSide box side in pixels that belongs to the level of stride 16
 * @param roi side P of the RoIAlign grid
 * @param feature length F of the region feature
 * @param regions regions R kept after class-agnostic suppression at IoU .5
 * @param scoreThreshold regions below this class score are dropped, in [0, 1)
 * @param classes object classes, without background
 * @param attributes attribute classes
 * @param attributeEmbedding width of the class embedding in the attribute head
 * @param attributeHidden width of the attribute head's hidden layer
 */
public record DetectorSize(
        int pictureWidth,
        int pictureHeight,
        Backbone backbone,
        int pyramidChannels,
        int pyramidCells,
        double anchorScale,
        int preNms,
        int proposals,
        double canonicalSide,
        int roi,
        int feature,
        int regions,
        double scoreThreshold,
        int classes,
        int attributes,
        int attributeEmbedding,
        int attributeHidden) {

    /** Strides of the four pyramid levels, in pixels. */
    public static final List<Integer> STRIDES = List.of(4, 8, 16, 32);

    /** Anchors per position: height over width .5, 1 and 2. */
    public static final List<Double> ASPECT_RATIOS = List.of(0.5, 1.0, 2.0);

    /** Which backbone, and how wide. */
    public enum BackboneKind {
        /** 3x3 convolutions with residual blocks; widths and blocks per stage from the configuration. */
        PLAIN,
        /** EfficientNet-B0 without its head; maps of 24, 40, 112 and 320 channels. */
        EFFICIENTNET_B0
    }

    /**
     * The backbone.
     *
     * @param kind plain or EfficientNet-B0
     * @param stem channels of the stem, at stride 2
     * @param widths channels of the maps at strides 4, 8, 16 and 32
     * @param blocks residual blocks after the down-sampling convolution of each stage; ignored by EfficientNet-B0
     */
    public record Backbone(BackboneKind kind, int stem, List<Integer> widths, List<Integer> blocks) {
        public Backbone {
            widths = List.copyOf(widths);
            blocks = List.copyOf(blocks);
            require(widths.size() == 4, "backbone.widths needs 4 numbers, one per stride, found %d", widths.size());
            require(blocks.size() == 4, "backbone.blocks needs 4 numbers, one per stride, found %d", blocks.size());
            require(
                    kind != BackboneKind.EFFICIENTNET_B0 || (stem == 32 && widths.equals(List.of(24, 40, 112, 320))),
                    "EfficientNet-B0 has a stem of 32 and widths [24, 40, 112, 320], found %d and %s",
                    stem,
                    widths);
        }
    }

    public DetectorSize {
        require(
                pictureWidth > 0 && pictureWidth % 32 == 0 && pictureHeight > 0 && pictureHeight % 32 == 0,
                "picture size must be multiples of 32, was %d x %d",
                pictureWidth,
                pictureHeight);
        require(anchorScale > 0, "anchorScale must be positive, was %s", anchorScale);
        require(preNms >= proposals, "preNms %d must be at least proposals %d", preNms, proposals);
        require(proposals >= regions, "proposals %d must be at least regions %d", proposals, regions);
        require(scoreThreshold >= 0 && scoreThreshold < 1, "scoreThreshold must lie in [0, 1), was %s", scoreThreshold);
    }
}
