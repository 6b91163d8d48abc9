package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.array.Scalar;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.Training;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training step on one or several devices: forward on each device's part of the samples, backward on each, as often as
 * gradients are accumulated, then one sum of flat gradients. Kernels are asynchronous, so the devices work side by side; one
 * process has one gradient collector.
 */
record DataParallel(NDManager manager, Parameters parameters, List<Device> devices) {
    /** The loss of a part of the batch. */
    @FunctionalInterface
    interface Share {
        /**
         * Computes the terms of the loss; their sum is minimised.
         *
         * @param step manager on the device, for everything
         * @param part which samples
         * @return scalars, each a mean over the part, {@link Part#balanced} where it is no mean over samples
         */
        Map<String, NDArray> losses(NDManager step, Weights weights, Part part);
    }

    /** Does one step of {@code training}, whose settings say how large the batch is and in how many parts it is done. */
    void step(Training training, Share share) {
        int batch = training.settings().batch();
        int rounds = training.settings().accumulate();
        Engine.getInstance().setRandomSeed(training.seed().at("dropout").bits());
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            List<Weights> weights = new ArrayList<>();
            for (Device device : devices.subList(0, Math.min(devices.size(), batch / rounds))) {
                weights.add(parameters.trainable(step, device, training.precision()));
            }
            Map<String, Float> means = new LinkedHashMap<>();
            means.put("loss", 0f);
            for (int round = 0; round < rounds; round++) {
                // Closed last first, so that what one device lent from another goes back to it.
                Deque<NDManager> scopes = new ArrayDeque<>();
                try {
                    List<Part> parts = parts(batch, rounds, round, weights.size());
                    List<Map<String, NDArray>> losses = new ArrayList<>();
                    for (int i = 0; i < parts.size(); i++) {
                        scopes.push(step.newSubManager(devices.get(i)));
                        losses.add(share.losses(scopes.element(), weights.get(i), parts.get(i)));
                    }
                    for (int i = 0; i < parts.size(); i++) {
                        double factor = parts.get(i).share() * training.lossScale();
                        collector.backward(weighted(sum(losses.get(i)), factor));
                    }
                    for (int i = 0; i < parts.size(); i++) {
                        add(means, losses.get(i), parts.get(i).share());
                    }
                } finally {
                    scopes.forEach(NDManager::close);
                }
            }
            training.update(gradient(weights), means);
        }
    }

    /** The parts of one round, one per device. */
    private static List<Part> parts(int batch, int rounds, int round, int devices) {
        int from = (int) ((long) batch * round / rounds);
        int size = (int) ((long) batch * (round + 1) / rounds) - from;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            parts.add(new Part(from + size * i / devices, from + size * (i + 1) / devices, batch));
        }
        return parts;
    }

    private static NDArray sum(Map<String, NDArray> losses) {
        return losses.values().stream().reduce(NDArray::add).orElseThrow();
    }

    private static NDArray weighted(NDArray loss, double factor) {
        return factor == 1 ? loss : Scalar.times(loss, factor);
    }

    private static void add(Map<String, Float> means, Map<String, NDArray> losses, double share) {
        losses.forEach((term, loss) -> {
            float value = (float) (loss.getFloat() * share);
            means.merge(term, value, Float::sum);
            means.merge("loss", value, Float::sum);
        });
    }

    /** Sum of the gradients on the first device. */
    private NDArray gradient(List<Weights> weights) {
        NDArray sum = weights.get(0).gradient();
        for (Weights other : weights.subList(1, weights.size())) {
            sum.addi(other.gradient().toDevice(devices.get(0), false));
        }
        return sum;
    }
}
