package dev.glimpse.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files of the page, read from the class path once. */
final class Assets {
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "card.js", "text/javascript; charset=utf-8",
            "draw.js", "text/javascript; charset=utf-8",
            "header.js", "text/javascript; charset=utf-8",
            "ask.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private Assets() {}

    static void route(Router router) {
        FILES.forEach((name, type) -> {
            Buffer content = Buffer.buffer(read(name));
            String path = name.equals("index.html") ? "/" : "/" + name;
            router.get(path).handler(context -> context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .end(content));
        });
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("/dev/glimpse/web/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
