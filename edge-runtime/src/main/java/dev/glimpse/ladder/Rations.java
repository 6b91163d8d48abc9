package dev.glimpse.ladder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A camera's frame in, what it gets at the present level out. Remembers only so many cameras: of the others each frame
 * counts as the first.
 *
 * <p>Thread-safe.
 */
public final class Rations {
    private static final int CAMERAS = 4096;

    private final int everyNth;
    private final int turnMillis;
    private final Map<String, Integer> looks = counters();
    private final Map<String, Integer> words = counters();
    private final Map<String, Integer> places = counters();
    private int nextPlace;

    public Rations(LadderSettings settings) {
        this.everyNth = settings.everyNth();
        this.turnMillis = settings.turnMillis();
    }

    /** True when the frame may be looked at. */
    public synchronized boolean admits(String camera, Level level, long nowMillis) {
        if (level.atLeast(Level.TURNS)) {
            Integer known = places.get(camera);
            int place = known == null ? nextPlace++ : known;
            places.put(camera, place);
            if (Math.floorMod(place, everyNth) != Math.floorMod(nowMillis / turnMillis, everyNth)) {
                return false;
            }
        }
        return !level.atLeast(Level.FEWER_FRAMES) || isNth(looks, camera);
    }

    /** True when the frame, which is looked at now, gets words. */
    public synchronized boolean captions(String camera, Level level) {
        return !level.atLeast(Level.NO_CAPTIONS) && (!level.atLeast(Level.FEWER_CAPTIONS) || isNth(words, camera));
    }

    private boolean isNth(Map<String, Integer> counters, String camera) {
        return counters.merge(camera, 1, Integer::sum) % everyNth == 1;
    }

    private static Map<String, Integer> counters() {
        return new LinkedHashMap<>(16, .75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > CAMERAS;
            }
        };
    }
}
