package dev.glimpse.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sights that questions can still be asked about: the latest of each camera and the most recent of all. Holds no
 * pictures. Used by the engine thread only.
 */
final class Sights {
    private final Map<String, Seen> latest;
    private final Map<Key, Seen> recent;

    Sights(int cameras, int frames) {
        latest = bounded(cameras);
        recent = bounded(frames);
    }

    private record Key(String camera, String frame) {}

    void remember(Seen seen) {
        latest.remove(seen.camera());
        latest.put(seen.camera(), seen);
        recent.put(new Key(seen.camera(), seen.frame()), seen);
    }

    Optional<Seen> latest(String camera) {
        return Optional.ofNullable(latest.get(camera));
    }

    /** @param camera whose frame; empty: whoever's, the latest of that name */
    Optional<Seen> of(Optional<String> camera, String frame) {
        if (camera.isPresent()) {
            return Optional.ofNullable(recent.get(new Key(camera.get(), frame)));
        }
        return recent.values().stream()
                .filter(seen -> seen.frame().equals(frame))
                .reduce((first, last) -> last);
    }

    void forget() {
        latest.clear();
        recent.clear();
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
