package dev.glimpse.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: starts with its verticle, ends with it. Everything here runs on its event loop. */
public final class WebVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(WebVerticle.class);
    private static final long BODY_LIMIT = 64 * 1024;
    private static final long ACCOUNT_MILLIS = 500;
    private static final int IDLE_SECONDS = 120;

    private final HttpSettings settings;
    private final Backstage backstage;
    private final AtomicInteger port;
    private final Events events = new Events();
    private final Api api;
    private volatile boolean watched;

    /** @param port told the port once the server listens */
    public WebVerticle(HttpSettings settings, Backstage backstage, AtomicInteger port) {
        this.settings = settings;
        this.backstage = backstage;
        this.port = port;
        this.api = new Api(backstage);
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.route().handler(new Guard(settings)::check);
        new BundleUpload(settings, backstage).route(router);
        router.post().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        Assets.route(router);
        api.route(router);
        router.get("/events").handler(this::openEvents);
        router.errorHandler(404, context -> Replies.error(context, 404, "path", "there is nothing here"));
        router.errorHandler(405, context -> Replies.error(context, 405, "method", "not with this method"));
        router.errorHandler(413, context -> Replies.error(context, 413, "body", "a body has at most 64 KiB"));
        router.errorHandler(500, WebVerticle::failed);
        Context loop = context;
        backstage.showcase().listen((event, value) -> {
            if (watched) {
                loop.runOnContext(now -> events.publish(event, PageJson.line(value)));
            }
        });
        vertx.setPeriodic(ACCOUNT_MILLIS, timer -> publishAccount());
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16 * 1024);
        if (settings.tls().on()) {
            options.setSsl(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(settings.tls().certificate().toString())
                            .setKeyPath(settings.tls().key().toString()));
        }
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .listen(settings.port(), settings.host())
                .onSuccess(this::listening);
    }

    private void listening(HttpServer server) {
        port.set(server.actualPort());
    }

    private void openEvents(RoutingContext context) {
        events.open(context);
        watched = events.watched();
        if (!context.response().ended()) {
            backstage.showcase().latest().forEach(caption -> events.publish("caption", PageJson.line(caption)));
            publishAccount();
        }
    }

    private void publishAccount() {
        watched = events.watched();
        if (watched) {
            events.publish("account", PageJson.line(api.accounts()));
        }
    }

    private static void failed(RoutingContext context) {
        log.warn("{} {} failed", context.request().method(), context.request().path(), context.failure());
        Replies.error(context, 500, "failed", "this request failed; the log says why");
    }
}
