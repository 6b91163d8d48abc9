package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.size.DetectorSize;

/**
 * The student's detector and how it is trained.
 *
 * @param network its size
 * @param optimizer how it is trained
 * @param training how its losses are formed
 * @param augmentation how far its pictures are changed in training
 * @param evaluateEvery steps between two evaluations on the split val
 * @param evaluatePictures pictures of the split val that such an evaluation looks at; the last one looks at all
 */
public record DetectorConfig(
        Network network,
        OptimizerSettings optimizer,
        DetectorTraining training,
        Augmentation augmentation,
        int evaluateEvery,
        int evaluatePictures) {
    public DetectorConfig {
        require(evaluateEvery > 0, "evaluateEvery must be positive, was %d", evaluateEvery);
        require(evaluatePictures > 0, "evaluatePictures must be positive, was %d", evaluatePictures);
    }

    /** What is not the network's size. */
    DetectorLearning.Settings learning() {
        return new DetectorLearning.Settings(optimizer, training, augmentation, evaluateEvery, evaluatePictures);
    }

    /** {@link DetectorSize} without the numbers of classes and attributes, which follow from the data. */
    public record Network(
            int pictureWidth,
            int pictureHeight,
            DetectorSize.Backbone backbone,
            int pyramidChannels,
            int pyramidCells,
            double anchorScale,
            int preNms,
            int proposals,
            double canonicalSide,
            int roi,
            int feature,
            int regions,
            double scoreThreshold,
            int attributeEmbedding,
            int attributeHidden) {

        public DetectorSize size(Labels labels) {
            return new DetectorSize(
                    pictureWidth,
                    pictureHeight,
                    backbone,
                    pyramidChannels,
                    pyramidCells,
                    anchorScale,
                    preNms,
                    proposals,
                    canonicalSide,
                    roi,
                    feature,
                    regions,
                    scoreThreshold,
                    labels.classes().size(),
                    labels.attributes().size(),
                    attributeEmbedding,
                    attributeHidden);
        }
    }
}
