package dev.glimpse.emit;

/**
 * A batch norm as a scale and a shift of each channel: {@code y = scale x + shift} with
 * {@code scale = weight / sqrt(variance + 1e-3)} and {@code shift = bias - mean scale}.
 */
@SuppressWarnings("ArrayRecordComponent") // intermediate numbers, never compared
record NormFold(double[] scale, double[] shift) {
    private static final double EPSILON = 1e-3;

    static NormFold of(ParameterSource parameters, String name, int channels) {
        float[] weight = parameters.get(name + ".weight", channels);
        float[] bias = parameters.get(name + ".bias", channels);
        float[] mean = parameters.get(name + ".mean", channels);
        float[] variance = parameters.get(name + ".variance", channels);
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = weight[c] / Math.sqrt(variance[c] + EPSILON);
            shift[c] = bias[c] - mean[c] * scale[c];
        }
        return new NormFold(scale, shift);
    }

    /** Convolution weight (channels, ...) with each output channel scaled. */
    float[] scaled(float[] weight) {
        float[] result = new float[weight.length];
        int each = weight.length / scale.length;
        for (int i = 0; i < weight.length; i++) {
            result[i] = (float) (weight[i] * scale[i / each]);
        }
        return result;
    }

    /** The shift, as a convolution's bias. */
    float[] bias() {
        float[] result = new float[shift.length];
        for (int c = 0; c < result.length; c++) {
            result[c] = (float) shift[c];
        }
        return result;
    }
}
