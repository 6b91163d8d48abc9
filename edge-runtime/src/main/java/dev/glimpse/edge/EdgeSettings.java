package dev.glimpse.edge;

import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.rollout.RolloutSettings;
import dev.glimpse.trace.TracingSettings;
import dev.glimpse.web.HttpSettings;
import java.nio.file.Path;

/**
 * Settings of {@code glimpse run}: the whole of one YAML file. Every field is required.
 *
 * @param bundle directory of the bundle, relative to the working directory
 */
public record EdgeSettings(
        Path bundle,
        EngineSettings engine,
        KafkaSettings kafka,
        HttpSettings http,
        Limits pipeline,
        LadderSettings ladder,
        AnswerSettings answers,
        RolloutSettings rollout,
        TracingSettings tracing) {}
