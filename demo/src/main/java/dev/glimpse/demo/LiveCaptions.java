package dev.glimpse.demo;

import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.metric.caption.DocumentFrequency;
import dev.glimpse.metric.caption.Tokenisation;
import dev.glimpse.scene.SceneCamera;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Brings live captions and the truth of their frames together and scores them. Keeps the first {@value #MOST} captions, and
 * the truth of as many frames under way. Thread-safe.
 */
final class LiveCaptions {
    private static final int MOST = 20_000;
    private static final int CORPUS = 300;
    private static final long CORPUS_SEED = 0x5eed_c0de;
    private static final double FRESH_SCENE_EVERY_FRAME = 1 / 20.0; // no scene lasts twenty seconds

    private final Map<String, List<String>> underWay = new LinkedHashMap<>();
    private final Map<String, List<String>> truths = new LinkedHashMap<>();
    private final Map<String, String> captions = new LinkedHashMap<>();

    /** A frame goes out that shows this. */
    synchronized void sent(String frame, List<String> truth) {
        underWay.put(frame, truth);
        if (underWay.size() > MOST) {
            underWay.remove(underWay.keySet().iterator().next());
        }
    }

    /** A caption of a frame came back; one of somebody else's frame is ignored. */
    synchronized void captioned(String frame, String caption) {
        List<String> truth = underWay.remove(frame);
        if (truth != null && captions.size() < MOST) {
            truths.put(frame, truth);
            captions.put(frame, caption);
        }
    }

    /**
     * CIDEr-D of all kept captions, 1.0 = 100 points; 0 when there are none. How rare an n-gram is, is counted in
     * {@value #CORPUS} other scenes, since the few scenes of one run say little about that. Takes some seconds.
     */
    synchronized double cider() {
        if (captions.isEmpty()) {
            return 0;
        }
        return CaptionMetrics.scoreTokens(Tokenisation.PTB.all(truths), Tokenisation.PTB.each(captions), rarity())
                .corpus()
                .getOrDefault("CIDEr", 0.0);
    }

    private static DocumentFrequency rarity() {
        SceneCamera camera = new SceneCamera(CORPUS_SEED, 160, 120, FRESH_SCENE_EVERY_FRAME);
        List<List<String>> corpus = new ArrayList<>();
        IntStream.range(0, CORPUS).forEach(i -> corpus.add(camera.next().truth().captions()));
        return DocumentFrequency.of(
                corpus.stream().map(Tokenisation.PTB::tokens).toList());
    }
}
