package dev.glimpse.web;

import dev.glimpse.account.Account;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.ladder.Level;
import dev.glimpse.metrics.Meters;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.rollout.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the HTTP side may look at and ask. Everything here is safe to call from the event loop and returns at once.
 *
 * @param rollout takes new bundles up; empty where the model stays
 * @param live whether the process makes progress
 * @param ready whether it can take frames
 */
public record Backstage(
        Supplier<ModelCard> card,
        Supplier<Model> model,
        Supplier<Level> level,
        Limits limits,
        AnswerSettings answers,
        Account account,
        Meters meters,
        Showcase showcase,
        Function<Question, CompletableFuture<Reply>> ask,
        Supplier<List<Standing>> standing,
        Optional<Rollout> rollout,
        int maxBundleMegabytes,
        Supplier<Condition> live,
        Supplier<Condition> ready) {}
