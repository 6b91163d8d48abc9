package dev.glimpse.report;

import dev.glimpse.run.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Results and metrics of a comparison in, one self-contained HTML page without script out. */
public final class ArmPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>%1$s</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #ccc;text-align:right}
            th:first-child,td:first-child{text-align:left}figure{display:inline-block;margin:.5rem 1rem .5rem 0}
            figcaption,summary{font-size:.8rem}</style>
            <h1>%1$s</h1>
            """;

    private ArmPage() {}

    /**
     * Writes the page: the table of {@link ArmTable}, the figures of all trainings, and for each training the curves of its loss and of
     * its validation.
     *
     * @param reference arm that the line of the figures is at
     * @param against the arm that an arm is compared with
     */
    public static String of(String name, List<ArmResult> results, String reference, UnaryOperator<String> against) {
        StringBuilder page = new StringBuilder(String.format(HEAD, Html.escape("Comparison " + name)));
        page.append(table(ArmTable.markdown(results, against)));
        page.append(dots("CIDEr-D", results, r -> OptionalDouble.of(r.cider()), reference));
        page.append(dots("VQA", results, r -> OptionalDouble.of(r.vqa()), reference));
        page.append(dots("Cross-entropy", results, ArmResult::crossEntropy, reference));
        page.append("<h2>Trainings</h2>");
        for (ArmResult result : results) {
            String curves = result.log().isEmpty() ? "" : curves(Metrics.read(Path.of(result.log())));
            if (!curves.isEmpty()) {
                page.append(String.format(
                        "<details><summary>%s, seed %d</summary>%s</details>%n",
                        Html.escape(result.arm()), result.seed(), curves));
            }
        }
        return page.append("</html>\n").toString();
    }

    private static String dots(
            String title, List<ArmResult> results, Function<ArmResult, OptionalDouble> figure, String reference) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (ArmResult result : results) {
            if (!result.log().isEmpty()) { // what was not trained would stretch the axis
                figure.apply(result).ifPresent(value -> values.computeIfAbsent(result.arm(), arm -> new ArrayList<>())
                        .add(value));
            }
        }
        return values.isEmpty() ? "" : Dots.svg(title, values, reference);
    }

    /** A Markdown table as HTML. */
    private static String table(String markdown) {
        StringBuilder table = new StringBuilder("<table>");
        String[] lines = markdown.strip().split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (i == 1) {
                continue; // the line below the head
            }
            String cell = i == 0 ? "th" : "td";
            table.append("<tr>");
            for (String text : lines[i].substring(2, lines[i].length() - 2).split(" \\| ", -1)) {
                table.append(String.format("<%1$s>%2$s</%1$s>", cell, Html.escape(text.strip())));
            }
            table.append("</tr>\n");
        }
        return table.append("</table>\n").toString();
    }

    private static String curves(List<Metrics.Row> metrics) {
        Map<String, List<Curve.Point>> curves = new LinkedHashMap<>();
        for (Metrics.Row row : metrics) {
            boolean student = List.of("pretrain", "caption", "scst", "vqa").contains(row.stage());
            if (student && (row.name().equals("loss") || row.name().startsWith("val "))) {
                curves.computeIfAbsent(row.stage() + " " + row.name(), key -> new ArrayList<>())
                        .add(new Curve.Point(row.step(), row.value()));
            }
        }
        StringBuilder all = new StringBuilder();
        curves.forEach((title, points) -> all.append(Curve.svg(title, points)));
        return all.toString();
    }
}
