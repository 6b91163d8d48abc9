package dev.glimpse.export;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.heldout.Results;
import dev.glimpse.heldout.Split;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.precision.ProbingEngine;
import dev.glimpse.precision.Range;
import dev.glimpse.precision.SubstitutingEngine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs candidates of a bundle on pictures before any of them is written: graphs in, captions and answers out. */
final class Trial {
    private final Path bundle;
    private final Map<String, OnnxModel> models;

    /**
     * @param bundle the float bundle of the same run, for everything but the graphs
     * @param models its graphs
     */
    Trial(Path bundle, Map<String, OnnxModel> models) {
        this.bundle = bundle;
        this.models = models;
    }

    Map<String, OnnxModel> models() {
        return models;
    }

    /** What the candidate says about a split. */
    Results run(Map<String, OnnxModel> candidate, Split split) {
        return run(new SubstitutingEngine(engine(), candidate), split);
    }

    /** Ranges of the activations of each graph, from what the float graphs compute on a split. */
    Map<String, Map<String, Range>> ranges(Split split, ProbingEngine.Method method) {
        ProbingEngine probes = new ProbingEngine(engine(), models);
        run(probes, split);
        Map<String, Map<String, Range>> ranges = new LinkedHashMap<>();
        models.keySet().forEach(file -> ranges.put(file, probes.ranges(file, method)));
        return ranges;
    }

    private Results run(Engine engine, Split split) {
        Bundle opened = BundleReader.open(bundle);
        try (BundleCaptioner captioner = new BundleCaptioner(opened, engine, 1)) {
            return Results.of(captioner, split);
        }
    }

    static Engine engine() {
        return new OrtEngine(Runtime.getRuntime().availableProcessors());
    }
}
