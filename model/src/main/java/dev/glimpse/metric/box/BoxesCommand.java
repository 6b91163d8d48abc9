package dev.glimpse.metric.box;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.Report;
import dev.glimpse.metric.ScoringOptions;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code glimpse evaluate boxes}. */
@Command(name = "boxes", description = "The twelve COCO figures of boxes, and on request those of Pascal VOC.")
public final class BoxesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ScoringOptions options = new ScoringOptions();

    @Option(
            names = "--voc",
            paramLabel = "IOU",
            description = "Give the 11-point and the every-point precision of Pascal VOC at this IoU, such as 0.5.")
    private @Nullable Double voc;

    @Override
    public Integer call() {
        options.check();
        if (voc != null && !(voc > 0 && voc <= 1)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--voc: expected an IoU above 0, at most 1, found " + voc);
        }
        BoxTruth truth = BoxFile.truth(options.truth());
        BoxFile.Found found = BoxFile.found(options.results(), truth, options.lenient());
        CocoPrecision precision = new CocoPrecision(truth, found.boxes());
        BoxScores scores = precision.scores();
        Map<String, Difference> differences = options.against()
                .map(file -> options.differences(
                        precision,
                        new CocoPrecision(
                                truth,
                                BoxFile.found(file, truth, options.lenient()).boxes())))
                .orElse(Map.of());
        Report report = new Report(scores.figures(), options.intervals(precision), differences);
        Optional<VocPrecision.Scores> vocScores =
                Optional.ofNullable(voc).map(iou -> VocPrecision.score(truth, found.boxes(), iou));
        print(truth, found, report, scores, vocScores);
        options.json().ifPresent(file -> Json.write(file, json(report, scores, vocScores)));
        return 0;
    }

    private void print(
            BoxTruth truth,
            BoxFile.Found found,
            Report report,
            BoxScores scores,
            Optional<VocPrecision.Scores> vocScores) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                "%d pictures, %d objects, %d boxes found%n",
                truth.pictures().size(), truth.boxes().size(), found.boxes().size());
        note(out, found.unknown(), "left out %d boxes of pictures that are not in the truth%n");
        note(out, found.otherCategories(), "%d boxes are of categories that are not in the truth and do not count%n");
        report.print(out, 4);
        vocScores.ifPresent(precision -> {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("VOC 11-point", precision.mean().elevenPoint());
            figures.put("VOC every-point", precision.mean().everyPoint());
            out.println();
            new Report(figures, Map.of(), Map.of()).print(out, 4);
        });
        out.println();
        out.println("AP by class");
        Map<String, Double> perClass = new LinkedHashMap<>();
        scores.perClass().forEach((name, figures) -> perClass.put(name, figures.getOrDefault("AP", Double.NaN)));
        new Report(perClass, Map.of(), Map.of()).print(out, 4);
        out.flush();
    }

    private static void note(PrintWriter out, int count, String format) {
        if (count > 0) {
            out.printf(format, count);
        }
    }

    private ObjectNode json(Report report, BoxScores scores, Optional<VocPrecision.Scores> vocScores) {
        ObjectNode json = Json.mapper().createObjectNode();
        ArrayNode order = json.putArray("order");
        scores.figures().keySet().forEach(order::add);
        json.setAll(Report.object(scores.figures()));
        report.addTo(json);
        ObjectNode perClass = json.putObject("perClass");
        scores.perClass().forEach((name, figures) -> perClass.set(name, Report.object(figures)));
        vocScores.ifPresent(precision -> {
            ObjectNode node = json.putObject("voc");
            Report.put(node, "iou", Objects.requireNonNull(voc));
            put(node, precision.mean());
            ObjectNode classes = node.putObject("perClass");
            precision.perClass().forEach((name, figures) -> put(classes.putObject(name), figures));
        });
        return json;
    }

    private static void put(ObjectNode node, VocPrecision.Precision precision) {
        Report.put(node, "AP_11_point", precision.elevenPoint());
        Report.put(node, "AP_every_point", precision.everyPoint());
    }
}
