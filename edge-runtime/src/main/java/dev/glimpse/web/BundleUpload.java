package dev.glimpse.web;

import dev.glimpse.rollout.Rollout;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /bundle}: a zip in, streamed to a private file, and what became of the bundle out; {@code GET /rollout}: how
 * things stand. Only where a token is configured, for whoever sends a bundle decides what every camera's captions say. Runs on
 * the event loop.
 */
final class BundleUpload {
    private static final Logger log = LoggerFactory.getLogger(BundleUpload.class);
    private static final long MIB = 1024 * 1024;

    private final HttpSettings settings;
    private final Backstage backstage;

    BundleUpload(HttpSettings settings, Backstage backstage) {
        this.settings = settings;
        this.backstage = backstage;
    }

    void route(Router router) {
        backstage.rollout().ifPresent(rollout -> {
            router.get("/rollout").handler(context -> Replies.json(context, 200, rollout.status()));
            router.post("/bundle").handler(context -> receive(context, rollout));
        });
    }

    private void receive(RoutingContext context, Rollout rollout) {
        long length = length(context.request());
        if (settings.token().isEmpty()) {
            Replies.error(context, 403, "token", "bundles are taken only where http.token is set");
        } else if (length < 1) {
            Replies.error(context, 411, "length", "send a zip with its Content-Length");
        } else if (length > backstage.maxBundleMegabytes() * MIB) {
            Replies.error(context, 413, "body", "a bundle has at most " + backstage.maxBundleMegabytes() + " MiB");
        } else {
            store(context, rollout);
        }
    }

    private static long length(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void store(RoutingContext context, Rollout rollout) {
        Path file;
        try {
            file = rollout.incoming();
        } catch (IOException e) {
            log.warn("A bundle cannot be received: {}", e.toString());
            Replies.error(context, 500, "storage", "there is no room for a bundle; the log says why");
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        HttpServerRequest request = context.request().pause();
        Future<Void> received = context.vertx()
                .fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(true).setTruncateExisting(true))
                .compose(request::pipeTo);
        received.onFailure(error -> {
            log.warn("A bundle was not received whole: {}", error.toString());
            discard(file);
            Replies.error(context, 400, "body", "the bundle did not arrive whole");
        });
        received.onSuccess(done -> rollout.submit(file)
                .thenAccept(result ->
                        loop.runOnContext(now -> Replies.json(context, result.accepted() ? 200 : 422, result))));
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", file, e.toString());
        }
    }
}
