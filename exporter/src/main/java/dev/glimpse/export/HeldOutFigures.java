package dev.glimpse.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Certificate.Confidence;
import dev.glimpse.bundle.Certificate.HeldOut;
import dev.glimpse.bundle.Temperatures;
import dev.glimpse.heldout.Calibration;
import dev.glimpse.heldout.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** What a run's report and the exported graphs' captions and answers say about held-out pictures, for a certificate. */
final class HeldOutFigures {
    /** Splits that may be in a data folder; confidence is fitted on the first and judged on the last that is there. */
    static final List<String> SPLITS = List.of("val", "test");

    private static final List<String> MODELS = List.of("teacher", "undistilled", "distilled");

    private HeldOutFigures() {}

    /**
     * The figures of a report: {@code splits} at its top are those of the student; {@code teacher}, {@code undistilled} and
     * {@code distilled} may have their own {@code splits}. A split without greedy CIDEr-D and VQA accuracy is left out.
     */
    static List<HeldOut> ofReport(JsonNode report) {
        List<HeldOut> rows = new ArrayList<>();
        MODELS.forEach(model -> addSplits(rows, model, report.path(model).path("splits")));
        addSplits(rows, "student", report.path("splits"));
        return rows;
    }

    private static void addSplits(List<HeldOut> rows, String model, JsonNode splits) {
        splits.properties().forEach(split -> {
            JsonNode cider = split.getValue().path("greedy").path("CIDEr");
            JsonNode vqa = split.getValue().path("vqa").path("overall");
            if (cider.isNumber() && vqa.isNumber()) {
                int pictures = split.getValue().path("pictures").asInt();
                rows.add(new HeldOut(model, split.getKey(), "report", pictures, cider.asDouble(), vqa.asDouble()));
            }
        });
    }

    /** The figures of the exported graphs. */
    static HeldOut of(Results results) {
        return new HeldOut(
                Certificate.EXPORTED,
                results.split().name(),
                "export",
                results.captions().size(),
                results.cider(),
                results.vqa());
    }

    /** Fits the temperature of each task on one split and measures its calibration error on another. */
    static Map<String, Confidence> calibration(Results fittedOn, Results measuredOn) {
        Map<String, Confidence> calibration = new LinkedHashMap<>();
        calibration.put(
                "caption",
                confidence(
                        fittedOn,
                        fittedOn.captionSamples(),
                        measuredOn,
                        measuredOn.captionSamples(),
                        Temperatures::caption));
        calibration.put(
                "answer",
                confidence(
                        fittedOn,
                        fittedOn.answerSamples(),
                        measuredOn,
                        measuredOn.answerSamples(),
                        Temperatures::answer));
        return calibration;
    }

    private static Confidence confidence(
            Results fittedOn,
            List<Calibration.Sample> fitted,
            Results measuredOn,
            List<Calibration.Sample> measured,
            DoubleBinaryOperator scaled) {
        double temperature = Calibration.fit(fitted, scaled);
        return new Confidence(
                temperature,
                fittedOn.split().name(),
                measuredOn.split().name(),
                measured.size(),
                Calibration.error(measured),
                Calibration.error(Calibration.at(temperature, measured, scaled)));
    }
}
