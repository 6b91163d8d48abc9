package dev.glimpse.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Certificate.Confidence;
import dev.glimpse.bundle.Certificate.HeldOut;
import dev.glimpse.bundle.Temperatures;
import dev.glimpse.heldout.Calibration;
import dev.glimpse.heldout.Results;
import dev.glimpse.metric.Entry;
import dev.glimpse.metric.EntryFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** What a run's report and the exported graphs' captions and answers say about held-out pictures, for a certificate. */
final class HeldOutFigures {
    /** Splits that may be in a data folder; confidence is fitted on the first and judged on the last that is there. */
    static final List<String> SPLITS = List.of("val", "test");

    private HeldOutFigures() {}

    /** The student's figures in a report; a split without greedy CIDEr-D and VQA accuracy is left out. */
    static List<HeldOut> ofReport(JsonNode report) {
        List<HeldOut> rows = new ArrayList<>();
        addSplits(rows, "student", report.path("splits"));
        return rows;
    }

    /**
     * The figures of a comparison of arms, {@code [{"arm", "cider", "vqa", ...}]}: the mean over the seeds of each arm.
     *
     * @param pictures of the split {@code test}, which arms are compared on
     */
    static List<HeldOut> ofComparison(Path file, int pictures) {
        Map<String, List<Entry>> arms = new LinkedHashMap<>();
        for (Entry result : EntryFile.results(file)) {
            arms.computeIfAbsent(result.text("arm"), arm -> new ArrayList<>()).add(result);
        }
        List<HeldOut> rows = new ArrayList<>();
        arms.forEach((arm, results) -> rows.add(
                new HeldOut(arm, "test", "comparison", pictures, mean(results, "cider"), mean(results, "vqa"))));
        return rows;
    }

    private static double mean(List<Entry> results, String figure) {
        return results.stream()
                .mapToDouble(result -> result.number(figure))
                .average()
                .orElseThrow();
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
