package dev.glimpse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.account.Account;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.pipeline.StubCaptioner;
import dev.glimpse.web.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("glimpse_[a-z_]+");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (glimpse_\\w+) ");
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void everyMetricOfTheDashboardAndOfTheManualExists() throws Exception {
        EdgeSettings settings = StrictYaml.load(Path.of("../configs/edge/local.yaml"), EdgeSettings.class);
        try (EdgeRuntime runtime = new EdgeRuntime(settings, ModelCard.NONE, () -> new StubCaptioner(false))) {
            Account account = runtime.account();
            account.received("gate");
            account.skipped("gate", "expired");
            account.received("gate");
            account.rejected("gate", "picture-invalid");
            account.received("gate");
            account.captioned("gate", Duration.ofMillis(10));
            String scraped = runtime.meters().scrape();
            check(scraped);
            String manual = Files.readString(DOCS.resolve("operations.md"));
            assertThat(TYPE.matcher(scraped).results().map(found -> found.group(1)))
                    .as("every metric of ours stands in the manual")
                    .hasSizeGreaterThan(15)
                    .allMatch(manual::contains);
        }
    }

    private static void check(String scraped) throws IOException {
        for (Path document : new Path[] {DOCS.resolve("grafana/glimpse.json"), DOCS.resolve("operations.md")}) {
            TreeSet<String> named = new TreeSet<>();
            METRIC.matcher(Files.readString(document)).results().forEach(found -> named.add(found.group()));
            assertThat(named).as(document.toString()).hasSizeGreaterThan(8);
            named.removeIf(name ->
                    Pattern.compile("(?m)^" + name + "(\\{| )").matcher(scraped).find());
            assertThat(named).as("metrics of %s that do not exist", document).isEmpty();
        }
    }
}
