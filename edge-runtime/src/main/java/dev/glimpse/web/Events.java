package dev.glimpse.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Server-sent events to everybody who looks on. A reader who cannot keep up is dropped, never waited for; the browser comes
 * back by itself. Used by the event loop only.
 */
final class Events {
    private static final int QUEUE_BYTES = 512 * 1024;
    private static final int READERS = 32;

    private final Set<HttpServerResponse> readers = new HashSet<>();

    /** Adds a reader, or refuses it when there are too many. */
    void open(RoutingContext context) {
        if (readers.size() >= READERS) {
            Replies.error(context, 503, "readers", "at most " + READERS + " readers look on at once");
            return;
        }
        HttpServerResponse response = context.response();
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader("X-Accel-Buffering", "no");
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.closeHandler(gone -> readers.remove(response));
        response.exceptionHandler(error -> readers.remove(response));
        readers.add(response);
        response.write("retry: 1000\n\n");
    }

    boolean watched() {
        return !readers.isEmpty();
    }

    /** @param json one line */
    void publish(String event, String json) {
        String text = "event: " + event + "\ndata: " + json + "\n\n";
        for (HttpServerResponse reader : List.copyOf(readers)) {
            if (reader.writeQueueFull()) {
                readers.remove(reader);
                reader.reset();
            } else {
                reader.write(text);
            }
        }
    }
}
