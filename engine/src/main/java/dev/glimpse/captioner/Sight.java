package dev.glimpse.captioner;

import java.util.List;

/**
 * What was seen in one picture.
 *
 * @param regions found regions by falling score
 * @param caption the caption
 * @param features the detector's rows, kept so that questions need no second look
 * @param timings how long each stage took for the batch this picture was in
 */
public record Sight(List<Region> regions, Caption caption, RegionFeatures features, Timings timings) {
    public Sight {
        regions = List.copyOf(regions);
    }

    /**
     * Wall time of each stage in milliseconds, of the whole batch.
     *
     * @param prepare letterboxing the pictures
     * @param detect the detector
     * @param encode tags and regions
     * @param decode all words
     */
    public record Timings(double prepare, double detect, double encode, double decode) {}
}
