package dev.glimpse.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The arithmetic of the networks in plain loops on doubles, written to be obviously right. */
final class Naive {
    /** A map of one picture. */
    @SuppressWarnings("ArrayRecordComponent")
    record Map3(int channels, int height, int width, double[] data) {
        double at(int c, int y, int x) {
            return data[(c * height + y) * width + x];
        }

        /** 0 outside. */
        double padded(int c, int y, int x) {
            return y < 0 || y >= height || x < 0 || x >= width ? 0 : at(c, y, x);
        }

        static Map3 make(int channels, int height, int width, Pixel pixel) {
            double[] data = new double[channels * height * width];
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        data[(c * height + y) * width + x] = pixel.at(c, y, x);
                    }
                }
            }
            return new Map3(channels, height, width, data);
        }

        Map3 map(DoubleUnaryOperator f) {
            return make(channels, height, width, (c, y, x) -> f.applyAsDouble(at(c, y, x)));
        }
    }

    /** One value of a map. */
    interface Pixel {
        double at(int c, int y, int x);
    }

    private Naive() {}

    static Map3 convolution(Map3 in, float[] weight, int out, int kernel, int stride, int groups) {
        int perGroup = in.channels / groups;
        int pad = kernel / 2;
        int height = (in.height + 2 * pad - kernel) / stride + 1;
        int width = (in.width + 2 * pad - kernel) / stride + 1;
        return Map3.make(out, height, width, (o, y, x) -> {
            double sum = 0;
            for (int i = 0; i < perGroup; i++) {
                int channel = o / (out / groups) * perGroup + i;
                for (int dy = 0; dy < kernel; dy++) {
                    for (int dx = 0; dx < kernel; dx++) {
                        sum += weight[((o * perGroup + i) * kernel + dy) * kernel + dx]
                                * in.padded(channel, y * stride + dy - pad, x * stride + dx - pad);
                    }
                }
            }
            return sum;
        });
    }

    static Map3 batchNorm(Map3 in, ParameterSource p, String name) {
        float[] weight = p.get(name + ".weight", in.channels);
        float[] bias = p.get(name + ".bias", in.channels);
        float[] mean = p.get(name + ".mean", in.channels);
        float[] variance = p.get(name + ".variance", in.channels);
        return Map3.make(
                in.channels,
                in.height,
                in.width,
                (c, y, x) -> (in.at(c, y, x) - mean[c]) / Math.sqrt(variance[c] + 1e-3) * weight[c] + bias[c]);
    }

    static double swish(double x) {
        return x / (1 + Math.exp(-x));
    }

    static Map3 halve(Map3 in) {
        return Map3.make(in.channels, in.height / 2, in.width / 2, (c, y, x) -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int yy = Math.max(0, 2 * y - 1); yy <= Math.min(in.height - 1, 2 * y + 1); yy++) {
                for (int xx = Math.max(0, 2 * x - 1); xx <= Math.min(in.width - 1, 2 * x + 1); xx++) {
                    max = Math.max(max, in.at(c, yy, xx));
                }
            }
            return max;
        });
    }

    static Map3 twice(Map3 in) {
        return Map3.make(in.channels, 2 * in.height, 2 * in.width, (c, y, x) -> in.at(c, y / 2, x / 2));
    }

    /** RoIAlign of one box, pixels of the picture: P x P cells of 2 x 2 samples, flattened (channel, row, column). */
    static double[] roiAlign(Map3 map, double[] box, int grid, int stride) {
        double left = box[0] / stride - .5;
        double top = box[1] / stride - .5;
        double cellWidth = (box[2] - box[0]) / stride / grid;
        double cellHeight = (box[3] - box[1]) / stride / grid;
        return Map3.make(map.channels, grid, grid, (c, row, column) -> {
                    double sum = 0;
                    for (int sample = 0; sample < 4; sample++) {
                        double y = top + (row + (sample / 2 + .5) / 2) * cellHeight;
                        double x = left + (column + (sample % 2 + .5) / 2) * cellWidth;
                        sum += bilinear(map, c, y, x) / 4;
                    }
                    return sum;
                })
                .data;
    }

    private static double bilinear(Map3 map, int c, double y, double x) {
        if (y < -1 || y > map.height || x < -1 || x > map.width) {
            return 0;
        }
        double yy = Math.min(Math.max(y, 0), map.height - 1);
        double xx = Math.min(Math.max(x, 0), map.width - 1);
        int y0 = (int) yy;
        int x0 = (int) xx;
        int y1 = Math.min(y0 + 1, map.height - 1);
        int x1 = Math.min(x0 + 1, map.width - 1);
        double fy = yy - y0;
        double fx = xx - x0;
        return (map.at(c, y0, x0) * (1 - fx) + map.at(c, y0, x1) * fx) * (1 - fy)
                + (map.at(c, y1, x0) * (1 - fx) + map.at(c, y1, x1) * fx) * fy;
    }

    /** x W + b. */
    static double[] linear(double[] x, ParameterSource p, String name, int out) {
        float[] weight = p.get(name + ".weight", x.length, out);
        float[] bias = p.get(name + ".bias", out);
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            y[o] = bias[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * weight[i * out + o];
            }
        }
        return y;
    }

    static double[] relu(double[] x) {
        return Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
    }

    static double[] softmax(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double[] e = Arrays.stream(x).map(v -> Math.exp(v - max)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }

    static double[] layerNorm(double[] x, ParameterSource p, String name, double epsilon) {
        float[] weight = p.get(name + ".weight", x.length);
        float[] bias = p.get(name + ".bias", x.length);
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
        }
        return y;
    }

    static double[] gelu(double[] x) {
        return Arrays.stream(x).map(v -> .5 * v * (1 + erf(v / Math.sqrt(2)))).toArray();
    }

    /** Simpson's rule on 2 / sqrt(pi) exp(-t^2). */
    private static double erf(double x) {
        double end = Math.min(Math.abs(x), 6);
        int steps = 400;
        double h = end / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-(i * h) * (i * h));
        }
        return Math.signum(x) * 2 / Math.sqrt(Math.PI) * sum * h / 3;
    }

    static double[] add(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** Indices of kept boxes (x1, y1, x2, y2), which are sorted by falling score. */
    static List<Integer> suppress(List<double[]> boxes, double iou) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            int candidate = i;
            if (kept.stream().noneMatch(k -> iou(boxes.get(k), boxes.get(candidate)) > iou)) {
                kept.add(i);
            }
        }
        return kept;
    }

    static double iou(double[] a, double[] b) {
        double w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        double h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h);
    }
}
