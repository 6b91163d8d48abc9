package dev.glimpse.web;

import dev.glimpse.account.Account;
import dev.glimpse.metrics.Meters;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the HTTP side may look at and ask. Everything here is safe to call from the event loop and returns at once.
 *
 * @param live whether the process makes progress
 * @param ready whether it can take frames
 */
public record Backstage(
        ModelCard card,
        Pipeline.Model model,
        Limits limits,
        Account account,
        Meters meters,
        Showcase showcase,
        Function<Question, CompletableFuture<Reply>> ask,
        Supplier<Condition> live,
        Supplier<Condition> ready) {}
