package dev.glimpse.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page for people about a bundle: what it does, how large it is, where it comes from, how well it did, what it cannot. */
final class ModelCard {
    private final StringBuilder card = new StringBuilder();

    private ModelCard() {}

    static String of(String name, Graphs graphs, Certificate certificate, JsonNode provenance) {
        ModelCard page = new ModelCard();
        page.card.append("# ").append(name).append("\n\n");
        page.card.append("Finds regions in a picture, captions it and answers questions about it. Written by\n");
        page.card.append(
                "`glimpse export`; `manifest.json` lists every file with its SHA-256, `certificate.json` has the\n");
        page.card.append("figures of this page and more.\n\n");
        page.facts(graphs, certificate, provenance);
        page.heldOut(certificate);
        page.networks(certificate);
        page.costs(certificate);
        page.calibration(certificate);
        page.rounding(certificate.rounding());
        page.limits(provenance);
        return page.card.toString();
    }

    private void facts(Graphs graphs, Certificate certificate, JsonNode provenance) {
        JsonNode run = provenance.path("run");
        row("", "");
        row("---", "---");
        row(
                "input",
                "%d x %d pixels"
                        .formatted(
                                graphs.detector().pictureWidth(),
                                graphs.detector().pictureHeight()));
        row("precision", certificate.precision());
        row(
                "classes",
                "%d, attributes %d"
                        .formatted(
                                graphs.detector().classes(), graphs.detector().attributes()));
        row(
                "vocabulary",
                "%d word pieces, %d answers"
                        .formatted(graphs.fusion().vocabulary(), graphs.fusion().answers()));
        row("format version", Integer.toString(Manifest.FORMAT_VERSION));
        row(
                "run",
                run.path("name").asText("unknown") + ", seed "
                        + run.path("seed").asText("unknown"));
        row("commit", run.path("commit").asText("unknown"));
        row("data", run.path("settings").path("data").path("folder").asText("unknown"));
    }

    private void heldOut(Certificate certificate) {
        heading("Figures on held-out data");
        if (certificate.heldOut().isEmpty()) {
            card.append("The run was exported before it was evaluated, and without its data: there are none.\n");
            return;
        }
        row("model", "split", "pictures", "CIDEr-D", "VQA", "measured by");
        row("---", "---", "---", "---", "---", "---");
        for (Certificate.HeldOut figures : certificate.heldOut()) {
            row(
                    figures.model(),
                    figures.split(),
                    Integer.toString(figures.pictures()),
                    number("%.4f", figures.cider()),
                    number("%.2f", figures.vqa()),
                    switch (figures.source()) {
                        case "report" -> "the trainer";
                        case "comparison" -> "a comparison, beam search, mean over seeds";
                        default -> "`glimpse export`";
                    });
        }
    }

    private void networks(Certificate certificate) {
        if (certificate.networks().isEmpty()) {
            return;
        }
        heading("Teacher and student");
        row("model", "parameters", "words", "multiply-adds", "ms");
        row("---", "---", "---", "---", "---");
        for (Certificate.NetworkCost cost : certificate.networks()) {
            row(
                    cost.model(),
                    number("%,d", cost.parameters()),
                    Integer.toString(cost.words()),
                    number("%,d", cost.multiplyAdds()),
                    number("%.2f", cost.milliseconds()));
        }
        card.append("\nOne picture and a caption of so many word pieces, before export, measured in turns by\n");
        card.append("`glimpse bench models`, processor time of one thread.\n");
    }

    private void costs(Certificate certificate) {
        heading("Graphs");
        row("graph", "bytes", "parameters", "multiply-adds", "ms", "ms in fp32", "largest difference", "mean");
        row("---", "---", "---", "---", "---", "---", "---", "---");
        for (Map.Entry<String, Certificate.Cost> graph : certificate.graphs().entrySet()) {
            Certificate.Cost cost = graph.getValue();
            row(
                    graph.getKey(),
                    number("%,d", cost.bytes()),
                    number("%,d", cost.parameters()),
                    number("%,d", cost.multiplyAdds()),
                    number("%.3f", cost.milliseconds()),
                    number("%.3f", cost.floatMilliseconds()),
                    number("%.2g", cost.largestDifference()),
                    number("%.2g", cost.meanDifference()));
        }
        card.append("\nOne picture, processor time of one thread");
        card.append(certificate.engine().isEmpty() ? "; 0 ms: not measured" : ", " + certificate.engine());
        card.append(". Differences are from float32 on the golden inputs, relative to 1 + |value|.\n");
    }

    private void calibration(Certificate certificate) {
        heading("Confidence");
        if (certificate.calibration().isEmpty()) {
            card.append("Not calibrated: the bundle was exported without held-out pictures.\n");
            return;
        }
        row("task", "temperature", "fitted on", "calibration error before", "after", "measured on");
        row("---", "---", "---", "---", "---", "---");
        certificate
                .calibration()
                .forEach((task, c) -> row(
                        task,
                        number("%.3f", c.temperature()),
                        c.fittedOn(),
                        number("%.4f", c.errorBefore()),
                        number("%.4f", c.errorAfter()),
                        "%s, %d".formatted(c.measuredOn(), c.samples())));
    }

    private void rounding(JsonNode rounding) {
        if (!rounding.isEmpty()) {
            heading("8-bit layers");
            card.append(
                    "%s of %s layers stay in float: %s.%nLoss on %s validation pictures: %s %% of a budget of %s %%.%n"
                            .formatted(
                                    rounding.path("floatLayers").size(),
                                    rounding.path("layers").asText(),
                                    rounding.path("floatLayers").isEmpty()
                                            ? "none"
                                            : rounding.path("floatLayers").toString(),
                                    rounding.path("lossPictures").asText(),
                                    number("%.2f", rounding.path("loss").asDouble()),
                                    rounding.path("maxLoss").asText()));
        }
    }

    private void limits(JsonNode provenance) {
        heading("Limits");
        card.append(
                "It knows the classes, words and answers of its training data and nothing else; on other pictures it\n");
        card.append(
                "still answers, and its confidence was never checked there. Figures on the split that temperatures or\n");
        card.append("8-bit layers were chosen on (`val`) are a little too good; those on `test` are not.\n");
        card.append("Do not use it where a wrong caption can harm somebody.\n");
        heading("Licence");
        card.append("The code that made it is Apache-2.0. The weights come under the terms of the data they were\n");
        card.append("trained on");
        String folder = provenance
                .path("run")
                .path("settings")
                .path("data")
                .path("folder")
                .asText("");
        card.append(folder.isEmpty() ? ".\n" : " (`" + folder + "`).\n");
    }

    private void heading(String text) {
        card.append("\n## ").append(text).append("\n\n");
    }

    private void row(String... cells) {
        card.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
