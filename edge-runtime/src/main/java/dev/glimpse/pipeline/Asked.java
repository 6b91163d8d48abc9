package dev.glimpse.pipeline;

import java.util.concurrent.CompletableFuture;

/** A question and where its reply goes. */
record Asked(Question question, CompletableFuture<Reply> reply) {
    void unanswered(Reply.Reason reason) {
        reply.complete(new Reply.Unanswered(question, reason));
    }
}
