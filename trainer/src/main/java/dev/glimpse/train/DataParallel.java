package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training step on one or several devices: forward on each device's share of the batch, backward on each, then one sum
 * of flat gradients. Kernels are asynchronous, so the devices work side by side; one process has one gradient collector.
 */
record DataParallel(NDManager manager, Parameters parameters, List<Device> devices) {
    /** The loss of a share of the batch. */
    @FunctionalInterface
    interface Share {
        /**
         * Computes the terms of the loss; their sum is minimised.
         *
         * @param step manager on the device, for everything
         * @param from first sample
         * @param to end of the samples
         * @return scalars, each a mean over the share
         */
        Map<String, NDArray> losses(NDManager step, Weights weights, int from, int to);
    }

    /**
     * Does one step of {@code training}.
     *
     * @param batch number of samples, divided evenly among the devices
     */
    void step(Training training, int batch, Share share) {
        Engine.getInstance().setRandomSeed(training.seed().at("dropout").bits());
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            int shares = Math.min(devices.size(), batch);
            List<Weights> weights = new ArrayList<>();
            List<Map<String, NDArray>> losses = new ArrayList<>();
            for (int i = 0; i < shares; i++) {
                weights.add(parameters.trainable(step, devices.get(i)));
                losses.add(share.losses(
                        step.newSubManager(devices.get(i)),
                        weights.get(i),
                        batch * i / shares,
                        batch * (i + 1) / shares));
            }
            losses.forEach(l -> collector.backward(sum(l)));
            training.update(mean(weights), means(losses));
        }
    }

    private static NDArray sum(Map<String, NDArray> losses) {
        return losses.values().stream().reduce(NDArray::add).orElseThrow();
    }

    /** Mean gradient on the first device. */
    private NDArray mean(List<Weights> weights) {
        NDArray sum = weights.get(0).gradient();
        for (Weights other : weights.subList(1, weights.size())) {
            sum.addi(other.gradient().toDevice(devices.get(0), false));
        }
        return weights.size() == 1 ? sum : sum.divi(weights.size());
    }

    private static Map<String, Float> means(List<Map<String, NDArray>> losses) {
        Map<String, Float> means = new LinkedHashMap<>();
        means.put("loss", 0f);
        for (Map<String, NDArray> share : losses) {
            share.forEach((term, loss) -> {
                float value = loss.getFloat() / losses.size();
                means.merge(term, value, Float::sum);
                means.merge("loss", value, Float::sum);
            });
        }
        return means;
    }
}
