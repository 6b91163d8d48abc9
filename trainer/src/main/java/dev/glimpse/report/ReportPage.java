package dev.glimpse.report;

import dev.glimpse.report.Report.Sample;
import dev.glimpse.report.Report.SplitReport;
import dev.glimpse.run.Metrics;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Figures, metrics and samples in, one self-contained HTML page without script out. */
public final class ReportPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>%1$s</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse}td,th{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:right}
            th:first-child,td:first-child{text-align:left}figure{display:inline-block;margin:.5rem 1rem .5rem 0}
            figcaption{font-size:.8rem}.samples{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
            .samples img{width:100%%;image-rendering:auto}.samples ul{font-size:.85rem;color:#555}
            .samples svg{width:11rem;background-size:100%% 100%%}.samples th{font-weight:normal}</style>
            <h1>%1$s</h1>
            """;

    /** Metrics that steer training and say nothing of its success. */
    private static final Set<String> STEERING = Set.of("rate", "gradient norm", "loss scale", "skipped steps");

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param metrics all lines of the run's metrics
     */
    public static String of(Report report, List<Metrics.Row> metrics, List<Sample> samples) {
        StringBuilder page = new StringBuilder(String.format(HEAD, Html.escape("Run " + report.name())));
        page.append(String.format("<p>Seed %d. Parameters: %s.</p>%n", report.seed(), parameters(report)));
        page.append("<h2>Captions</h2>").append(captions(report));
        page.append("<h2>Questions (accuracy, percent)</h2>").append(questions(report));
        page.append("<h2>Boxes</h2>").append(table("", report, s -> s.boxes(), List.of("AP", "AP50", "AP75", "AR10")));
        page.append("<h2>Training</h2>").append(curves(metrics));
        page.append("<h2>Samples</h2><div class=\"samples\">");
        samples.forEach(sample -> page.append(sample(sample)));
        return page.append("</div></html>\n").toString();
    }

    private static String parameters(Report report) {
        List<String> parts = new ArrayList<>();
        report.parameters().forEach((name, count) -> parts.add(Html.escape(name) + " " + String.format("%,d", count)));
        return String.join(", ", parts);
    }

    private static String captions(Report report) {
        List<String> names = List.of("CIDEr", "Bleu_4", "Bleu_1", "ROUGE_L");
        return table("greedy", report, SplitReport::greedy, names)
                + table("beam search", report, SplitReport::beam, names);
    }

    private static String questions(Report report) {
        Set<String> types = new LinkedHashSet<>();
        Function<SplitReport, Map<String, Double>> figures = split -> {
            Map<String, Double> all = new LinkedHashMap<>();
            all.put("all", split.vqa().overall());
            all.putAll(split.vqa().answerTypes());
            split.vqa().questionTypes().forEach(all::putIfAbsent);
            return all;
        };
        report.splits().values().forEach(s -> types.addAll(figures.apply(s).keySet()));
        return table("", report, figures, List.copyOf(types));
    }

    /** One row per figure, one column per split. */
    private static String table(
            String title, Report report, Function<SplitReport, Map<String, Double>> figures, List<String> names) {
        StringBuilder table = new StringBuilder("<table><tr><th>" + Html.escape(title) + "</th>");
        report.splits().keySet().forEach(split -> table.append("<th>")
                .append(Html.escape(split))
                .append("</th>"));
        table.append("</tr>");
        for (String name : names) {
            table.append("<tr><td>").append(Html.escape(name)).append("</td>");
            for (SplitReport split : report.splits().values()) {
                double value = figures.apply(split).getOrDefault(name, Double.NaN);
                table.append(String.format(Locale.ROOT, "<td>%s</td>", Double.isNaN(value) ? "" : shown(value)));
            }
            table.append("</tr>");
        }
        return table.append("</table>\n").toString();
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.3f", value);
    }

    /** Under the name of each stage a curve per loss and per value on the val split. */
    private static String curves(List<Metrics.Row> metrics) {
        Map<String, Map<String, List<Curve.Point>>> stages = new LinkedHashMap<>();
        for (Metrics.Row row : metrics) {
            if (!STEERING.contains(row.name())) {
                stages.computeIfAbsent(row.stage(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(row.name(), key -> new ArrayList<>())
                        .add(new Curve.Point(row.step(), row.value()));
            }
        }
        StringBuilder all = new StringBuilder();
        stages.forEach((stage, curves) -> {
            all.append("<h3>").append(Html.escape(stage)).append("</h3>");
            curves.forEach((name, points) -> all.append(Curve.svg(stage + " " + name, points)));
        });
        return all.toString();
    }

    private static String sample(Sample sample) {
        String data = "data:" + Html.escape(sample.mediaType()) + ";base64,"
                + Base64.getEncoder().encodeToString(sample.jpeg());
        StringBuilder text = new StringBuilder("<div style=\"--picture:url(" + data + ")\"><img alt=\"\" src=\"")
                .append(data)
                .append("\"><table>");
        for (Report.Said said : sample.captions()) {
            text.append("<tr><th>")
                    .append(Html.escape(said.by()))
                    .append("</th><td><b>")
                    .append(Html.escape(said.caption()))
                    .append("</b></td></tr>");
        }
        text.append("</table>");
        sample.looks().forEach(look -> text.append(LookPicture.svg(look, sample.width(), sample.height())));
        text.append("<ul>");
        sample.references()
                .forEach(r -> text.append("<li>").append(Html.escape(r)).append("</li>"));
        text.append("</ul><ul>");
        sample.answers().forEach(a -> text.append("<li>").append(Html.escape(a)).append("</li>"));
        return text.append("</ul></div>\n").toString();
    }
}
