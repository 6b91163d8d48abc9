package dev.glimpse.detector;

import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;

/** A detector of 64 x 64 pixels that tests can afford. */
final class TinySize {
    private TinySize() {}

    static DetectorSize of(int classes, int attributes) {
        Backbone backbone = new Backbone(BackboneKind.PLAIN, 8, List.of(16, 24, 32, 32), List.of(1, 0, 1, 0));
        return with(backbone, classes, attributes);
    }

    static DetectorSize efficientNet(int classes, int attributes) {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        return with(backbone, classes, attributes);
    }

    private static DetectorSize with(Backbone backbone, int classes, int attributes) {
        return new DetectorSize(64, 64, backbone, 16, 1, 4, 100, 30, 32, 3, 24, 8, .05, classes, attributes, 4, 12);
    }
}
