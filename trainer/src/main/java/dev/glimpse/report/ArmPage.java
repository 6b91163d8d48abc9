package dev.glimpse.report;

import dev.glimpse.run.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results and metrics of a comparison in, one self-contained HTML page without script out. */
public final class ArmPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>%1$s</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #ccc;text-align:right}
            th:first-child,td:first-child{text-align:left}figure{display:inline-block;margin:.5rem 1rem .5rem 0}
            figcaption{font-size:.8rem}</style>
            <h1>%1$s</h1>
            """;

    private ArmPage() {}

    /**
     * Writes the page: the table of {@link ArmTable}, and for each training the curves of its loss and of its validation.
     *
     * @param reference arm that the others are compared with
     */
    public static String of(String name, List<ArmResult> results, String reference) {
        StringBuilder page = new StringBuilder(String.format(HEAD, Html.escape("Comparison " + name)));
        page.append(table(ArmTable.markdown(results, reference)));
        for (ArmResult result : results) {
            if (!result.log().isEmpty()) {
                page.append(String.format("<h2>%s, seed %d</h2>%n", Html.escape(result.arm()), result.seed()));
                page.append(curves(Metrics.read(Path.of(result.log()))));
            }
        }
        return page.append("</html>\n").toString();
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
