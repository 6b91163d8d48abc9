package dev.glimpse.metrics;

import dev.glimpse.account.Account;
import dev.glimpse.pipeline.Stage;
import dev.glimpse.pipeline.Stopwatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All figures of one runtime: stages, account, process. Thread-safe. */
public final class Meters implements Stopwatch, AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    private final Account account;

    public Meters(Account account) {
        this.account = account;
        for (Stage stage : Stage.values()) {
            timers.put(
                    stage,
                    Timer.builder("glimpse.stage")
                            .description("Time spent on each part of the way")
                            .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gc.bindTo(registry);
        gauge("glimpse.rss.bytes", "Resident memory of the process", () -> Memory.residentBytes());
    }

    /** Adds a figure that is read whenever somebody looks. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void took(Stage stage, long nanos) {
        Timer timer = timers.get(stage);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Everything in the Prometheus text format; the account in it is of one moment. */
    public String scrape() {
        return registry.scrape() + AccountText.of(account.cameras(), account.passedOver());
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
