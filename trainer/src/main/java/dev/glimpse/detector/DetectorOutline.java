package dev.glimpse.detector;

import dev.glimpse.size.DetectorSize;

/**
 * What the steps around a two-stage detector's network need to know of it, whichever network it is.
 *
 * @param pictureWidth width of the network's input in pixels
 * @param pictureHeight height of the network's input in pixels
 * @param anchors (A, 4): corners in pixels, in the order in which the network speaks of them
 * @param preNms proposals kept by objectness before suppression
 * @param proposals proposals kept after suppression at IoU .7
 * @param regions regions R kept after class-agnostic suppression at IoU .5
 * @param feature length F of the region feature
 * @param scoreThreshold regions below this class score are dropped, in [0, 1)
 * @param classes object classes, without background
 * @param attributes attribute classes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DetectorOutline(
        int pictureWidth,
        int pictureHeight,
        float[] anchors,
        int preNms,
        int proposals,
        int regions,
        int feature,
        double scoreThreshold,
        int classes,
        int attributes) {

    static DetectorOutline of(DetectorSize size) {
        return new DetectorOutline(
                size.pictureWidth(),
                size.pictureHeight(),
                Anchors.of(size),
                size.preNms(),
                size.proposals(),
                size.regions(),
                size.feature(),
                size.scoreThreshold(),
                size.classes(),
                size.attributes());
    }

    static DetectorOutline of(C4Size size) {
        return new DetectorOutline(
                size.pictureWidth(),
                size.pictureHeight(),
                Anchors.of(size),
                size.preNms(),
                size.proposals(),
                size.regions(),
                size.feature(),
                size.scoreThreshold(),
                size.classes(),
                size.attributes());
    }
}
