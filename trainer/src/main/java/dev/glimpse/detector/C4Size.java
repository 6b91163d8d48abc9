package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

import java.util.List;

/**
 * Size of the teacher's detector: Faster R-CNN (arXiv 1506.01497) on a ResNet (arXiv 1512.03385), whose stages up to stride
 * 16 see the picture and whose last stage sees the crop of each region ("C4").
 *
 * @param pictureWidth width of the network's input in pixels, a multiple of 16
 * @param pictureHeight height of the network's input in pixels, a multiple of 16
 * @param backbone which ResNet
 * @param anchorSides sides of the square anchors at each position of the map of stride 16, in pixels of the input
 * @param proposalHidden channels of the proposal head's 3x3 convolution
 * @param preNms proposals kept by objectness before suppression
 * @param proposals proposals kept after suppression at IoU .7
 * @param roi side P of the RoIAlign grid, which the last stage halves
 * @param regions regions R kept after class-agnostic suppression at IoU .5
 * @param scoreThreshold regions below this class score are dropped, in [0, 1)
 * @param classes object classes, without background
 * @param attributes attribute classes
 * @param attributeEmbedding width of the class embedding in the attribute head
 * @param attributeHidden width of the attribute head's hidden layer
 */
public record C4Size(
        int pictureWidth,
        int pictureHeight,
        ResNet backbone,
        List<Double> anchorSides,
        int proposalHidden,
        int preNms,
        int proposals,
        int roi,
        int regions,
        double scoreThreshold,
        int classes,
        int attributes,
        int attributeEmbedding,
        int attributeHidden) {
    /** Stride of the map that proposals and crops are taken from, in pixels. */
    static final int STRIDE = 16;

    /** How a residual block is made. */
    public enum Block {
        /** Two 3x3 convolutions, as in ResNet-18 and -34. */
        BASIC,
        /** 1x1 to a quarter of the width, 3x3, 1x1 back, as in ResNet-50 and deeper. */
        BOTTLENECK
    }

    /** What becomes of the batch norms in training. */
    public enum Norm {
        /** Scale, shift and running statistics stay as they are: for small batches and imported weights. */
        FROZEN,
        /** Normalise by the batch, learn scale and shift. */
        TRAINED
    }

    /**
     * A ResNet.
     *
     * @param block how its residual blocks are made
     * @param norm what becomes of its batch norms
     * @param stem channels of the 7x7 convolution at stride 2
     * @param widths channels that stages 2 to 5 put out, at strides 4, 8, 16 and 32; the last is the region feature
     * @param blocks residual blocks of stages 2 to 5, such as 3, 4, 23, 3 for ResNet-101
     */
    public record ResNet(Block block, Norm norm, int stem, List<Integer> widths, List<Integer> blocks) {
        /** A bottleneck works at its width divided by this. */
        static final int BOTTLENECK = 4;

        public ResNet {
            widths = List.copyOf(widths);
            blocks = List.copyOf(blocks);
            require(stem > 0, "backbone.stem must be positive, was %d", stem);
            require(
                    widths.size() == 4 && widths.stream().allMatch(w -> w > 0 && w % BOTTLENECK == 0),
                    "backbone.widths needs 4 multiples of %d, one per stage 2 to 5, found %s",
                    BOTTLENECK,
                    widths);
            require(
                    blocks.size() == 4 && blocks.stream().allMatch(b -> b > 0),
                    "backbone.blocks needs 4 positive numbers, one per stage 2 to 5, found %s",
                    blocks);
        }

        /** Channels that stage s = 2..5 puts out. */
        int width(int s) {
            return widths.get(s - 2);
        }

        /** Residual blocks of stage s = 2..5. */
        int blocks(int s) {
            return blocks.get(s - 2);
        }
    }

    public C4Size {
        anchorSides = List.copyOf(anchorSides);
        require(
                pictureWidth > 0 && pictureWidth % STRIDE == 0 && pictureHeight > 0 && pictureHeight % STRIDE == 0,
                "picture size must be multiples of 16, was %d x %d",
                pictureWidth,
                pictureHeight);
        require(
                !anchorSides.isEmpty() && anchorSides.stream().allMatch(side -> side > 0),
                "anchorSides needs positive numbers, found %s",
                anchorSides);
        require(proposalHidden > 0, "proposalHidden must be positive, was %d", proposalHidden);
        require(preNms >= proposals, "preNms %d must be at least proposals %d", preNms, proposals);
        require(proposals >= regions, "proposals %d must be at least regions %d", proposals, regions);
        require(regions > 0, "regions must be positive, was %d", regions);
        require(roi > 1, "roi must be at least 2, was %d", roi);
        require(scoreThreshold >= 0 && scoreThreshold < 1, "scoreThreshold must lie in [0, 1), was %s", scoreThreshold);
    }

    /** Length F of the region feature. */
    public int feature() {
        return backbone.width(5);
    }
}
