package dev.glimpse.metric.caption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.EntryFile;
import dev.glimpse.metric.Matched;
import dev.glimpse.metric.Progress;
import dev.glimpse.metric.Report;
import dev.glimpse.metric.ScoringOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse evaluate captions}. */
@Command(name = "captions", description = "BLEU, ROUGE-L and CIDEr-D of captions.")
public final class CaptionsCommand implements Callable<Integer> {
    private static final Matched.Names NAMES = new Matched.Names("picture", "image_id", "caption");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ScoringOptions options = new ScoringOptions();

    @Option(
            names = "--tokenize",
            paramLabel = "ptb|none",
            description = "How captions become tokens: Penn Treebank (default), or not, for they are tokens already.")
    private Tokenisation tokenisation = Tokenisation.PTB;

    @Option(
            names = "--df",
            paramLabel = "FILE",
            description = "Document frequencies for CIDEr-D: a COCO captions file, or JSON as in docs/evaluation.md."
                    + " Default: those of the pictures scored.")
    private @Nullable Path frequencies;

    @Option(names = "--meteor-jar", paramLabel = "JAR", description = "Score METEOR too, with this meteor-1.5.jar.")
    private @Nullable Path meteor;

    @Option(names = "--spice-jar", paramLabel = "JAR", description = "Score SPICE too, with this spice-1.0.jar.")
    private @Nullable Path spice;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "For METEOR and for SPICE each. Default: ${DEFAULT-VALUE}.")
    private int timeLimit = 3600;

    @Override
    public Integer call() {
        options.check();
        CaptionTruth truth = CaptionTruth.read(options.truth());
        Matched matched = match(options.results(), truth.references());
        Optional<Matched> other = options.against().map(file -> match(file, truth.references()));
        Map<String, List<String>> references = new LinkedHashMap<>(truth.references());
        references.keySet().retainAll(matched.results().keySet());
        other.ifPresent(
                against -> references.keySet().retainAll(against.results().keySet()));

        Map<String, List<String>> tokens = tokenisation.all(references);
        DocumentFrequency frequency = frequencies == null
                ? DocumentFrequency.of(tokens.values())
                : DocumentFrequencyFile.read(frequencies, tokenisation);
        Map<String, String> candidates = candidates(references, matched);
        CaptionScores scores = score(tokens, candidates, frequency);
        SampledCaptions sampled = new SampledCaptions(scores);
        Map<String, Difference> differences = other.map(against -> options.differences(
                        sampled, new SampledCaptions(score(tokens, candidates(references, against), frequency))))
                .orElse(Map.of());
        Report report = new Report(scores.corpus(), options.intervals(sampled), differences);
        print(report, matched, other, references);
        options.json().ifPresent(file -> Json.write(file, json(report, scores, tokens, candidates, truth.ids())));
        return 0;
    }

    private Matched match(Path results, Map<String, List<String>> references) {
        return Matched.of(results, references.keySet(), EntryFile.results(results), NAMES, options.lenient());
    }

    private Map<String, String> candidates(Map<String, List<String>> references, Matched matched) {
        Map<String, String> captions = new LinkedHashMap<>(matched.results());
        captions.keySet().retainAll(references.keySet());
        return tokenisation.each(captions);
    }

    private CaptionScores score(
            Map<String, List<String>> references, Map<String, String> candidates, DocumentFrequency frequency) {
        CaptionScores scores =
                CaptionMetrics.scoreTokens(references, candidates, frequency, Progress.of("scoring captions"));
        Duration limit = Duration.ofSeconds(timeLimit);
        if (meteor != null) {
            scores = new Meteor(meteor, limit).addTo(scores, references, candidates);
        }
        if (spice != null) {
            scores = new Spice(spice, limit).addTo(scores, references, candidates);
        }
        return scores;
    }

    private void print(Report report, Matched matched, Optional<Matched> other, Map<String, List<String>> references) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        int captions = references.values().stream().mapToInt(List::size).sum();
        out.printf("%d pictures, %d reference captions%n", references.size(), captions);
        matched.describe(options.results()).ifPresent(out::println);
        other.flatMap(against -> against.describe(options.against().orElseThrow()))
                .ifPresent(out::println);
        report.print(out, 4);
        out.flush();
    }

    private static ObjectNode json(
            Report report,
            CaptionScores scores,
            Map<String, List<String>> references,
            Map<String, String> candidates,
            Map<String, JsonNode> ids) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.set("corpus", Report.object(scores.corpus()));
        json.set("bleu_totals", Json.mapper().valueToTree(scores.totals()));
        report.addTo(json);
        ArrayNode images = json.putArray("images");
        scores.items().forEach((id, figures) -> {
            ObjectNode image = images.addObject();
            image.set("image_id", ids.get(id));
            image.setAll(Report.object(figures));
            image.put("res_tokenized", candidates.get(id));
            ArrayNode list = image.putArray("refs_tokenized");
            references.getOrDefault(id, List.of()).forEach(list::add);
        });
        return json;
    }
}
