package dev.glimpse.web;

import dev.glimpse.kafka.Observer;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The latest picture and caption of every camera, for people to look at. Told of outcomes by the {@code kafka-io} thread,
 * read by the event loop; holds a few pictures per camera, so that one whose caption was just announced can be fetched.
 */
public final class Showcase implements Observer {
    private static final int PICTURES = 8;

    private final int cameras;
    private final InstantSource clock;
    private final Map<String, Window> windows;
    private volatile BiConsumer<String, Object> listener = (event, value) -> {};

    /** @param cameras cameras shown; the longest unseen makes room */
    public Showcase(int cameras, InstantSource clock) {
        this.cameras = cameras;
        this.clock = clock;
        this.windows = bounded(cameras);
    }

    private static final class Window {
        final Map<String, byte[]> pictures = bounded(PICTURES);
        Optional<PageJson.Caption> latest = Optional.empty();
    }

    /** A rejection or a skip as the page is told of it. */
    record Rejection(String key, String reason, String message, String input) {}

    record Skip(String camera, String reason, String input) {}

    /** Sets who is told of each outcome, on the {@code kafka-io} thread: event name and value. */
    void listen(BiConsumer<String, Object> to) {
        listener = to;
    }

    @Override
    public void captioned(CaptionEvent event, Outcome.Captioned outcome, byte[] encoded) {
        PageJson.Caption caption = PageJson.caption(event, outcome, clock.instant());
        synchronized (this) {
            Window window = windows.remove(event.camera());
            if (window == null) {
                window = new Window();
            }
            window.pictures.put(event.frame(), encoded);
            window.latest = Optional.of(caption);
            windows.put(event.camera(), window);
        }
        listener.accept("caption", caption);
    }

    @Override
    public void skipped(SkippedEvent event) {
        listener.accept(
                "skip",
                new Skip(
                        event.camera().orElse(""),
                        event.reason().name().toLowerCase(java.util.Locale.ROOT),
                        event.range().topic() + "/" + event.range().partition() + "/"
                                + event.range().first()));
    }

    @Override
    public void rejected(RejectedEvent event) {
        listener.accept(
                "rejection",
                new Rejection(
                        event.key().orElse(""),
                        event.reason(),
                        event.message(),
                        event.input().toString()));
    }

    @Override
    public void answered(AnswerEvent event) {
        // Of the others the page shows only those that it asked for itself, over HTTP.
        event.standing()
                .ifPresent(id -> listener.accept(
                        "standing",
                        new PageJson.Standing(
                                event.camera().orElse(""),
                                id,
                                event.question(),
                                event.answer().orElse(""),
                                event.confidence(),
                                event.abstained().orElse(""))));
    }

    /** The encoded picture of a frame captioned a moment ago; without a frame id the latest of the camera. */
    synchronized Optional<byte[]> picture(String camera, Optional<String> frame) {
        Window window = windows.get(camera);
        if (window == null || window.latest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                window.pictures.get(frame.orElse(window.latest.get().frame())));
    }

    synchronized boolean shows(String camera) {
        return windows.containsKey(camera);
    }

    /** The latest caption of every camera, by name. */
    synchronized List<PageJson.Caption> latest() {
        List<PageJson.Caption> latest = new ArrayList<>();
        windows.values().forEach(window -> window.latest.ifPresent(latest::add));
        latest.sort((a, b) -> a.camera().compareTo(b.camera()));
        return latest;
    }

    int cameras() {
        return cameras;
    }

    private static <K, V> Map<K, V> bounded(int size) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > size;
            }
        };
    }
}
