package dev.glimpse.metric.vqa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.json.Json;
import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.EntryFile;
import dev.glimpse.metric.Matched;
import dev.glimpse.metric.Report;
import dev.glimpse.metric.ScoringOptions;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
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

/** {@code glimpse evaluate vqa}. */
@Command(name = "vqa", description = "VQA accuracy of answers, in percent.")
public final class VqaCommand implements Callable<Integer> {
    private static final Matched.Names NAMES = new Matched.Names("question", "question_id", "answer");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ScoringOptions options = new ScoringOptions();

    @Option(names = "--questions", paramLabel = "FILE", description = "Check that every annotated question is in it.")
    private @Nullable Path questionFile;

    @Option(
            names = "--normalise",
            paramLabel = "reference|always",
            description = "Agree with the program of 2021, which normalises where people differ (default),"
                    + " or with the one before, which always does.")
    private Normalisation normalisation = Normalisation.REFERENCE;

    @Override
    public Integer call() {
        options.check();
        List<VqaQuestion> all = VqaFile.annotations(options.truth());
        if (questionFile != null) {
            VqaFile.checkQuestions(questionFile, all);
        }
        Matched matched = match(options.results(), all);
        Optional<Matched> other = options.against().map(file -> match(file, all));
        List<VqaQuestion> questions = all.stream()
                .filter(question -> matched.results().containsKey(question.id()))
                .filter(question -> other.map(against -> against.results().containsKey(question.id()))
                        .orElse(true))
                .toList();
        VqaScores scores = VqaAccuracy.score(questions, matched.results(), normalisation);
        SampledAnswers sampled = new SampledAnswers(questions, scores);
        Map<String, Difference> differences = other.map(against -> options.differences(
                        sampled,
                        new SampledAnswers(questions, VqaAccuracy.score(questions, against.results(), normalisation))))
                .orElse(Map.of());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("overall", scores.overall());
        figures.putAll(scores.perAnswerType());
        Report report = new Report(figures, options.intervals(sampled), differences);
        print(report, scores, matched, other);
        options.json().ifPresent(file -> Json.write(file, json(report, scores)));
        return 0;
    }

    private Matched match(Path results, List<VqaQuestion> questions) {
        List<String> ids = questions.stream().map(VqaQuestion::id).toList();
        return Matched.of(results, ids, EntryFile.results(results), NAMES, options.lenient());
    }

    private void print(Report report, VqaScores scores, Matched matched, Optional<Matched> other) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%d questions%n", scores.perQuestion().size());
        matched.describe(options.results()).ifPresent(out::println);
        other.flatMap(against -> against.describe(options.against().orElseThrow()))
                .ifPresent(out::println);
        report.print(out, 2);
        out.println();
        out.println("by type of question");
        new Report(scores.perQuestionType(), Map.of(), Map.of()).print(out, 2);
        out.flush();
    }

    private static ObjectNode json(Report report, VqaScores scores) {
        ObjectNode json = Json.mapper().createObjectNode();
        ObjectNode accuracy = json.putObject("accuracy");
        accuracy.put("overall", VqaScores.rounded(scores.overall()));
        accuracy.set("perQuestionType", rounded(scores.perQuestionType()));
        accuracy.set("perAnswerType", rounded(scores.perAnswerType()));
        json.put(
                "overall_10dp",
                new BigDecimal(scores.overall())
                        .setScale(10, RoundingMode.HALF_EVEN)
                        .doubleValue());
        json.setAll(accuracy); // for readers of the evaluation program's own object, and of its file
        report.addTo(json);
        json.set("perQuestion", rounded(scores.perQuestion()));
        return json;
    }

    private static ObjectNode rounded(Map<String, Double> figures) {
        ObjectNode node = Json.mapper().createObjectNode();
        figures.forEach((name, value) -> node.put(name, VqaScores.rounded(value)));
        return node;
    }
}
