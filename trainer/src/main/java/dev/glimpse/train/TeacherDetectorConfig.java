package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.C4Size;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.sample.Augmentation;
import java.util.List;

/**
 * The teacher's detector and how it is trained.
 *
 * @param network its size
 * @param optimizer how it is trained
 * @param training how its losses are formed
 * @param augmentation how far its pictures are changed in training
 * @param evaluateEvery steps between two evaluations on the split val
 * @param evaluatePictures pictures of the split val that such an evaluation looks at; the last one looks at all
 */
public record TeacherDetectorConfig(
        Network network,
        OptimizerSettings optimizer,
        DetectorTraining training,
        Augmentation augmentation,
        int evaluateEvery,
        int evaluatePictures) {
    public TeacherDetectorConfig {
        require(evaluateEvery > 0, "evaluateEvery must be positive, was %d", evaluateEvery);
        require(evaluatePictures > 0, "evaluatePictures must be positive, was %d", evaluatePictures);
    }

    /** What is not the network's size. */
    DetectorLearning.Settings learning() {
        return new DetectorLearning.Settings(optimizer, training, augmentation, evaluateEvery, evaluatePictures);
    }

    /** {@link C4Size} without the numbers of classes and attributes, which follow from the data. */
    public record Network(
            int pictureWidth,
            int pictureHeight,
            C4Size.ResNet backbone,
            List<Double> anchorSides,
            int proposalHidden,
            int preNms,
            int proposals,
            int roi,
            int regions,
            double scoreThreshold,
            int attributeEmbedding,
            int attributeHidden) {
        public Network {
            anchorSides = List.copyOf(anchorSides);
        }

        public C4Size size(Labels labels) {
            return new C4Size(
                    pictureWidth,
                    pictureHeight,
                    backbone,
                    anchorSides,
                    proposalHidden,
                    preNms,
                    proposals,
                    roi,
                    regions,
                    scoreThreshold,
                    labels.classes().size(),
                    labels.attributes().size(),
                    attributeEmbedding,
                    attributeHidden);
        }
    }
}
