package dev.glimpse.report;

import java.util.OptionalDouble;

/**
 * What one arm of a comparison came to with one seed: an entry of {@code ablation.json}.
 *
 * @param arm name of the arm
 * @param seed seed of the student's trainings
 * @param cider CIDEr-D on the test split by beam search, 1.0 = 100 points
 * @param vqa VQA accuracy on the test split, percent
 * @param crossEntropy held-out cross-entropy of hidden caption words after fine-tuning and before rewards, by the weights that were kept, nats
 * @param steps steps of the trainings that are the arm's own: the student's, or the teacher's
 * @param seconds time of these trainings
 * @param log metrics of all stages; empty where nothing was trained
 */
public record ArmResult(
        String arm,
        long seed,
        double cider,
        double vqa,
        OptionalDouble crossEntropy,
        long steps,
        double seconds,
        String log) {}
