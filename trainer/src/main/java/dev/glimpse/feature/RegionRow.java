package dev.glimpse.feature;

/**
 * The regions of one picture by falling score, padded with zeros to R rows; a row of score 0 holds no region.
 *
 * @param boxes (R, 4): x1, y1, x2, y2 as fractions of the picture
 * @param scores (R), in [0, 1]
 * @param classes (R): 0-based, without background
 * @param features (R, F): feature of the proposal's crop
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RegionRow(float[] boxes, float[] scores, int[] classes, float[] features) {
    /** Number of rows that hold a region; they come first. */
    public int count() {
        int count = 0;
        while (count < scores.length && scores[count] > 0) {
            count++;
        }
        return count;
    }
}
