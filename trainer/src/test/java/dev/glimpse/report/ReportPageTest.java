package dev.glimpse.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.report.Report.Look;
import dev.glimpse.report.Report.Said;
import dev.glimpse.report.Report.Sample;
import dev.glimpse.run.Metrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String EVIL = "<script>alert('x')</script>\"&";

    @Test
    void allTextIsEscapedAndNothingIsLoadedFromElsewhere() {
        Look look = new Look(EVIL, new float[] {0, 0, 1, 1}, new float[] {1});
        Sample sample = new Sample(
                new byte[] {1, 2},
                "image/jpeg",
                40,
                20,
                List.of(new Said(EVIL, EVIL)),
                List.of(look),
                List.of(EVIL),
                List.of(EVIL));
        Report report = new Report(EVIL, 1, Map.of(EVIL, 7L), Map.of(EVIL, split()));
        String page = ReportPage.of(report, List.of(new Metrics.Row(EVIL, 20, EVIL, 1)), List.of(sample));
        assertThat(page)
                .doesNotContain("<script", "alert('x')", "http:", "https:")
                .contains("&lt;script&gt;");
    }

    @Test
    void everyLossOfAStageHasACurveUnderItsNameAndWhatSteersTrainingHasNone() {
        List<Metrics.Row> rows = List.of(
                new Metrics.Row("pretrain", 20, "attention", 2),
                new Metrics.Row("pretrain", 20, "hidden", 3),
                new Metrics.Row("caption", 20, "words", 4),
                new Metrics.Row("caption", 20, "rate", 5),
                new Metrics.Row("caption", 20, "loss scale", 6));
        String page = ReportPage.of(new Report("run", 1, Map.of(), Map.of()), rows, List.of());
        assertThat(page)
                .containsSubsequence("<h3>pretrain</h3>", "pretrain attention", "pretrain hidden", "<h3>caption</h3>")
                .doesNotContain("caption rate", "loss scale");
    }

    @Test
    void boxThatAWordLookedAtMostIsTintedMost() {
        Look look = new Look("cat", new float[] {0, 0, .5f, 1, .5f, .5f, 1, 1}, new float[] {.1f, .4f});
        assertThat(LookPicture.svg(look, 100, 50))
                .contains("viewBox=\"0 0 100 50\"", "<figcaption>cat</figcaption>")
                .contains(
                        "<rect x=\"0.0\" y=\"0.0\" width=\"50.0\" height=\"50.0\" fill=\"#ff7a00\" fill-opacity=\"0.15\"")
                .contains(
                        "<rect x=\"50.0\" y=\"25.0\" width=\"50.0\" height=\"25.0\" fill=\"#ff7a00\" fill-opacity=\"0.60\"");
    }

    @Test
    void captionsOfSeveralModelsStandSideBySide() {
        List<Said> said = List.of(new Said("student", "a cat"), new Said("teacher", "a red cat"));
        Sample sample = new Sample(new byte[] {1}, "image/jpeg", 4, 2, said, List.of(), List.of("one cat"), List.of());
        assertThat(ReportPage.of(new Report("run", 1, Map.of(), Map.of()), List.of(), List.of(sample)))
                .containsSubsequence("<th>student</th><td><b>a cat", "<th>teacher</th><td><b>a red cat", "<li>one cat");
    }

    private static Report.SplitReport split() {
        Report.Vqa vqa = new Report.Vqa(50, Map.of(EVIL, 1.0), Map.of(EVIL, 2.0));
        return new Report.SplitReport(1, 1, Map.of("AP", .5), Map.of("CIDEr", 1.0), Map.of("CIDEr", 1.0), vqa);
    }
}
