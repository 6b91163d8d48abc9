package dev.glimpse.weight;

import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;

/** The smallest detectors on the backbones that weights are imported for. */
public final class ImportedSizes {
    private ImportedSizes() {}

    public static DetectorSize efficientNet() {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(1, 1, 1, 1));
        return new DetectorSize(96, 64, backbone, 8, 1, 4, 10, 5, 60, 2, 8, 3, .1, 3, 0, 2, 2);
    }
}
