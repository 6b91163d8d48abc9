package dev.glimpse.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.onnx.OnnxModel;
import java.util.Locale;
import java.util.Map;

/** A page for people about a bundle: what it does, how large it is, where it comes from, how well it did. */
final class ModelCard {
    private ModelCard() {}

    static String of(String name, String precision, Graphs graphs, JsonNode provenance) {
        StringBuilder card = new StringBuilder();
        card.append("# ").append(name).append("\n\n");
        card.append(
                "Finds regions in a picture, captions it and answers questions about it. Written by `glimpse export`;\n");
        card.append("`manifest.json` lists every file with its SHA-256.\n\n");
        card.append("| | |\n| --- | --- |\n");
        row(
                card,
                "input",
                "%d x %d pixels"
                        .formatted(
                                graphs.detector().pictureWidth(),
                                graphs.detector().pictureHeight()));
        row(card, "precision", precision);
        row(
                card,
                "classes",
                graphs.detector().classes() + ", attributes "
                        + graphs.detector().attributes());
        row(
                card,
                "vocabulary",
                graphs.fusion().vocabulary() + " word pieces, "
                        + graphs.fusion().answers() + " answers");
        row(card, "format version", Integer.toString(Manifest.FORMAT_VERSION));
        for (Map.Entry<String, OnnxModel> graph : graphs.models().entrySet()) {
            row(
                    card,
                    graph.getKey(),
                    String.format(
                            Locale.ROOT, "%,d parameters", graph.getValue().parameters()));
        }
        JsonNode run = provenance.path("run");
        row(
                card,
                "run",
                run.path("name").asText("unknown") + ", seed "
                        + run.path("seed").asText("unknown"));
        row(card, "commit", run.path("commit").asText("unknown"));
        card.append("\n## Figures on held-out data\n\n");
        JsonNode report = provenance.path("report");
        card.append(
                report.isMissingNode()
                        ? "The run was exported before it was evaluated: there are none.\n"
                        : "```json\n" + report.toPrettyString() + "\n```\n");
        card.append("\n## Limits\n\n");
        card.append(
                "It knows the classes, words and answers of its training data and nothing else; its confidence is\n");
        card.append("not yet calibrated. Do not use it where a wrong caption can harm somebody.\n");
        return card.toString();
    }

    private static void row(StringBuilder card, String name, String value) {
        card.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
