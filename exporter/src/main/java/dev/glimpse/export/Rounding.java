package dev.glimpse.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.heldout.Split;
import dev.glimpse.json.Json;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.precision.IntegerArithmetic;
import dev.glimpse.precision.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The 8-bit graphs of a run.
 *
 * @param models by file name
 * @param report how they were found, for the certificate
 */
record Rounding(Map<String, OnnxModel> models, ObjectNode report) {
    /** Ranges from training pictures, layers from validation pictures. */
    static Rounding of(Trial trial, Path data, ExportSettings settings, Consumer<String> log) {
        ExportSettings.Rounding how = settings.rounding();
        String calibrated = Split.isIn(data, "train") ? "train" : "val";
        Map<String, Map<String, Range>> ranges =
                trial.ranges(Split.read(data, calibrated, how.calibrationPictures()), how.method());
        log.accept("ranges of %d activations from %d pictures of %s"
                .formatted(ranges.values().stream().mapToInt(Map::size).sum(), how.calibrationPictures(), calibrated));
        Split few = Split.read(data, "val", how.sensitivityPictures());
        Split many = Split.read(data, "val", settings.pictures());
        LayerSearch.Found found = new LayerSearch(trial, ranges, log).search(few, many, how.maxLoss());
        return new Rounding(found.models(), report(trial, how, calibrated, many, found));
    }

    private static ObjectNode report(
            Trial trial, ExportSettings.Rounding how, String calibrated, Split many, LayerSearch.Found found) {
        ObjectNode report = Json.mapper().createObjectNode();
        report.put("ranges", how.method().name().toLowerCase(Locale.ROOT))
                .put("calibratedOn", calibrated)
                .put("calibrationPictures", how.calibrationPictures())
                .put("sensitivityPictures", how.sensitivityPictures())
                .put("lossPictures", many.files().size())
                .put("maxLoss", how.maxLoss())
                .put("loss", found.loss())
                .put(
                        "layers",
                        trial.models().values().stream()
                                .mapToInt(
                                        model -> IntegerArithmetic.layers(model).size())
                                .sum());
        List<String> kept =
                found.kept().stream().map(LayerSearch.Place::toString).sorted().toList();
        report.set("floatLayers", Json.mapper().valueToTree(kept));
        ObjectNode sensitivity = report.putObject("sensitivity");
        found.sensitivity().forEach((place, value) -> sensitivity.put(place.toString(), value));
        return report;
    }
}
