package dev.glimpse.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * How much the figures of a set of pictures would vary had other pictures been drawn: pictures are drawn anew, with
 * repetition, as many as there are (Efron and Tibshirani 1993). Draws depend on the seed alone.
 *
 * @param samples how many sets are drawn, at least 1
 * @param seed of the draws
 */
public record Bootstrap(int samples, long seed) {
    /** The 95 % interval between the 2.5th and the 97.5th percentile; NaN where no draw has the figure. */
    public record Interval(double low, double high) {}

    /**
     * A figure of one set of results less that of another, on the same pictures.
     *
     * @param interval the 95 % interval of the difference
     * @param p how often a difference at least as large, either way, would be seen if there were none: the share of draws
     *     whose difference lies as far from the observed one as that lies from zero
     */
    public record Difference(double difference, Interval interval, double p) {}

    public Bootstrap {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1, was " + samples);
        }
    }

    /** The interval of every figure. */
    public Map<String, Interval> intervals(Sampled scores, Progress progress) {
        List<Map<String, Double>> drawn = draw(scores.pictures(), scores, progress);
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (String name : once(scores).keySet()) {
            intervals.put(name, interval(values(drawn, name)));
        }
        return intervals;
    }

    /** The difference of every figure, first less second; both are of the same pictures in the same order. */
    public Map<String, Difference> compare(Sampled first, Sampled second, Progress progress) {
        if (first.pictures() != second.pictures()) {
            throw new IllegalArgumentException("compared on " + first.pictures() + " and " + second.pictures());
        }
        Sampled both = new Sampled() {
            @Override
            public int pictures() {
                return first.pictures();
            }

            @Override
            public Map<String, Double> under(int[] times) {
                return difference(first.under(times), second.under(times));
            }
        };
        List<Map<String, Double>> drawn = draw(both.pictures(), both, progress);
        Map<String, Difference> differences = new LinkedHashMap<>();
        once(both).forEach((name, observed) -> {
            double[] values = values(drawn, name);
            double far = Math.abs(observed) * (1 - 1e-12);
            long beyond = Arrays.stream(values)
                    .filter(value -> Math.abs(value - observed) >= far)
                    .count();
            differences.put(name, new Difference(observed, interval(values), (1.0 + beyond) / (1.0 + values.length)));
        });
        return differences;
    }

    private static Map<String, Double> difference(Map<String, Double> first, Map<String, Double> second) {
        Map<String, Double> result = new LinkedHashMap<>();
        first.forEach((name, value) -> result.put(name, value - second.getOrDefault(name, Double.NaN)));
        return result;
    }

    /** The figures with every picture counted once. */
    public static Map<String, Double> once(Sampled scores) {
        int[] times = new int[scores.pictures()];
        Arrays.fill(times, 1);
        return scores.under(times);
    }

    private List<Map<String, Double>> draw(int pictures, Sampled scores, Progress progress) {
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, samples)
                .parallel()
                .mapToObj(sample -> {
                    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sample);
                    int[] times = new int[pictures];
                    for (int i = 0; i < pictures; i++) {
                        times[random.nextInt(pictures)]++;
                    }
                    Map<String, Double> figures = scores.under(times);
                    progress.at(done.incrementAndGet(), samples);
                    return figures;
                })
                .toList();
    }

    private static double[] values(List<Map<String, Double>> drawn, String name) {
        return drawn.stream()
                .mapToDouble(figures -> figures.getOrDefault(name, Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private static Interval interval(double[] sorted) {
        return new Interval(percentile(sorted, 0.025), percentile(sorted, 0.975));
    }

    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
