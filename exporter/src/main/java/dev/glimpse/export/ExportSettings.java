package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.precision.ProbingEngine;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;

/**
 * How a run is exported.
 *
 * @param name name of the bundle, for people
 * @param precision of the graphs
 * @param halfStorage store large float weights in half precision; at fp16 and int8 they always are
 * @param data data folder whose held-out pictures the certificate is measured on; int8 needs it
 * @param pictures most pictures of a split that are used
 * @param rounding how 8-bit layers are chosen
 * @param comparison {@code ablation.json} of a comparison of arms, whose figures go into the certificate
 * @param models what {@code bench models} wrote of the run's student and its teacher, whose costs go into the certificate
 * @param key signs the manifest
 */
public record ExportSettings(
        String name,
        Precision precision,
        boolean halfStorage,
        Optional<Path> data,
        int pictures,
        Rounding rounding,
        Optional<Path> comparison,
        Optional<Path> models,
        Optional<PrivateKey> key) {
    /**
     * How 8-bit layers are chosen.
     *
     * @param maxLoss budget: percent of CIDEr-D, and of VQA accuracy, that may be lost on validation pictures
     * @param method how activations' ranges are chosen
     * @param calibrationPictures training pictures that the ranges come from
     * @param sensitivityPictures validation pictures that each layer alone is tried on
     */
    public record Rounding(
            double maxLoss, ProbingEngine.Method method, int calibrationPictures, int sensitivityPictures) {
        /** What the command uses when nothing is said. */
        public static final Rounding DEFAULT = new Rounding(1, ProbingEngine.Method.PERCENTILE, 64, 12);

        public Rounding {
            require(maxLoss >= 0 && maxLoss <= 100, "--max-loss: expected 0 to 100 percent, found %s", maxLoss);
            require(
                    calibrationPictures > 0 && sensitivityPictures > 0,
                    "expected at least one picture to calibrate with, found %d and %d",
                    calibrationPictures,
                    sensitivityPictures);
        }
    }

    public ExportSettings {
        require(pictures > 0, "--pictures: expected at least 1, found %d", pictures);
    }

    /** Float32 without held-out pictures: nothing is measured but what the golden inputs show. */
    public static ExportSettings unmeasured(String name) {
        return new ExportSettings(
                name,
                Precision.FP32,
                false,
                Optional.empty(),
                1,
                Rounding.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
