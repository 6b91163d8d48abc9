package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.optimizer.AdamW;
import dev.glimpse.optimizer.Clip;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.seed.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What tests of both detectors do with one of 64 x 64 pixels. */
final class Trials {
    static final int SIDE = 64;

    private Trials() {}

    /** Names of the parameters whose gradient is zero everywhere after one backward pass; none may be infinite. */
    static List<String> withoutGradient(NDManager manager, Detector detector, DetectorTraining settings) {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            DetectorNetwork network = detector.training(step);
            DetectorBatch batch = Shapes.batch(Shapes.draw(6, SIDE), SIDE);
            collector.backward(total(detector, settings, network, step, batch, 1));
            float[] gradient = network.weights().gradient().toFloatArray();
            List<String> without = new ArrayList<>();
            int from = 0;
            for (ParameterSpec spec : detector.parameters().specs()) {
                int to = from + Math.toIntExact(spec.shape().size());
                float[] part = Arrays.copyOfRange(gradient, from, to);
                boolean some = false;
                for (float g : part) {
                    assertThat(g).as(spec.name()).isFinite();
                    some |= g != 0;
                }
                if (!some) {
                    without.add(spec.name());
                }
                from = to;
            }
            return without;
        }
    }

    /** Trains on one batch; the rate falls to zero in the second half. */
    static void train(NDManager manager, Detector detector, DetectorTraining settings, DetectorBatch batch, int steps) {
        try (AdamW optimizer = new AdamW(manager, detector.parameters(), 0)) {
            for (int t = 1; t <= steps; t++) {
                try (NDManager step = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    DetectorNetwork network = detector.training(step);
                    collector.backward(total(detector, settings, network, step, batch, t));
                    NDArray gradient = network.weights().gradient();
                    Clip.toNorm(gradient, 5);
                    optimizer.step(gradient, 4e-3 * Math.min(1, (steps - t + 1) / (steps * .5)), t);
                }
            }
        }
    }

    static List<DetectedPicture> detect(Detector detector, List<Shapes> pictures) {
        return detector.detect(pixels(pictures), content(pictures.size()));
    }

    static List<byte[]> pixels(List<Shapes> pictures) {
        return pictures.stream().map(Shapes::pixels).toList();
    }

    static float[] content(int pictures) {
        float[] content = new float[2 * pictures];
        Arrays.fill(content, SIDE);
        return content;
    }

    private static NDArray total(
            Detector detector,
            DetectorTraining settings,
            DetectorNetwork network,
            NDManager step,
            DetectorBatch batch,
            int seed) {
        return new DetectorStep(detector.outline(), settings)
                .losses(step, network, batch, new Seed(seed)).values().stream()
                        .reduce(NDArray::add)
                        .orElseThrow();
    }
}
