package dev.glimpse.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with JSON. */
final class Replies {
    private Replies() {}

    /** What a caller is told when it does not get what it wants. */
    record Problem(String error, String message) {}

    static void json(RoutingContext context, int status, Object value) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(PageJson.line(value));
        }
    }

    /** @param error stable code in lower case */
    static void error(RoutingContext context, int status, String error, String message) {
        json(context, status, new Problem(error, message));
    }
}
