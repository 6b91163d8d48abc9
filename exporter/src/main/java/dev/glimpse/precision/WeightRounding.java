package dev.glimpse.precision;

/**
 * A float weight as 8-bit integers, symmetric, with one scale for each output channel.
 *
 * @param values from -127 to 127
 * @param scales one for each channel
 */
@SuppressWarnings("ArrayRecordComponent") // parts of a graph, never compared
record WeightRounding(byte[] values, float[] scales) {
    /**
     * @param weight row-major
     * @param channels number of output channels
     * @param inner elements between two neighbours of the channel's axis
     */
    static WeightRounding of(float[] weight, int channels, int inner) {
        float[] scales = new float[channels];
        for (int i = 0; i < weight.length; i++) {
            int channel = i / inner % channels;
            scales[channel] = Math.max(scales[channel], Math.abs(weight[i]) / 127);
        }
        for (int c = 0; c < channels; c++) {
            scales[c] = Math.max(scales[c], Float.MIN_NORMAL); // a channel of zeros
        }
        byte[] values = new byte[weight.length];
        for (int i = 0; i < weight.length; i++) {
            double rounded = Math.rint(weight[i] / (double) scales[i / inner % channels]);
            values[i] = (byte) Math.max(-127, Math.min(127, rounded));
        }
        return new WeightRounding(values, scales);
    }
}
