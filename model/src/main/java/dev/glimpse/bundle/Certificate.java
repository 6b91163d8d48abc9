package dev.glimpse.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code certificate.json}: what was measured of a bundle when it was exported.
 *
 * @param precision precision of the graphs
 * @param engine what ran them, such as {@code onnxruntime 1.29.0}; empty when nothing was measured
 * @param heldOut figures on held-out pictures, of the run's models as its report has them and of the exported graphs
 * @param networks what student and teacher cost in the trainer, measured in one run; empty where that was not measured
 * @param graphs what each graph costs, and how far its outputs are from those in float32
 * @param calibration how far the confidence of each task ({@code caption}, {@code answer}) can be trusted
 * @param rounding how the 8-bit layers were chosen; an empty object at other precisions
 */
public record Certificate(
        String precision,
        String engine,
        List<HeldOut> heldOut,
        List<NetworkCost> networks,
        Map<String, Cost> graphs,
        Map<String, Confidence> calibration,
        JsonNode rounding) {
    /** Name of the model in {@link HeldOut} that stands for the exported graphs. */
    public static final String EXPORTED = "exported";

    public Certificate {
        heldOut = List.copyOf(heldOut);
        networks = List.copyOf(networks);
        graphs = Collections.unmodifiableMap(new TreeMap<>(graphs));
        calibration = Collections.unmodifiableMap(new TreeMap<>(calibration));
    }

    /**
     * Figures of one model on one split.
     *
     * @param model {@code student}, {@link #EXPORTED}, or an arm of a comparison, such as {@code teacher-adapted}
     * @param split such as {@code val}
     * @param source {@code report} when the trainer measured it in the run, {@code comparison} for the mean over an arm's
     *     seeds by beam search, {@code export} when it was measured at export
     * @param pictures number of pictures
     * @param cider CIDEr-D; of greedy captions but for a comparison
     * @param vqa VQA accuracy in percent
     */
    public record HeldOut(String model, String split, String source, int pictures, double cider, double vqa) {}

    /**
     * Detector and transformer of one model.
     *
     * @param model {@code teacher} or {@code student}
     * @param parameters of both, with running statistics
     * @param words word pieces of the caption that the next two figures are of
     * @param multiplyAdds of one picture and its caption
     * @param milliseconds processor time of the same on one thread, median of the detector plus median of the caption
     */
    public record NetworkCost(String model, long parameters, int words, long multiplyAdds, double milliseconds) {}

    /**
     * One graph.
     *
     * @param bytes of the file
     * @param parameters trained and constant numbers
     * @param multiplyAdds of one row of the batch
     * @param milliseconds median processor time of one run of one row on one thread; 0 when not measured
     * @param floatMilliseconds the same of the graph in float32, run in turns with it
     * @param largestDifference of an output from float32, relative to 1 + its absolute value, on the golden inputs
     * @param meanDifference the same, mean over all outputs' elements
     */
    public record Cost(
            long bytes,
            long parameters,
            long multiplyAdds,
            double milliseconds,
            double floatMilliseconds,
            double largestDifference,
            double meanDifference) {}

    /**
     * Calibration of one task.
     *
     * @param temperature fitted on the split {@code fittedOn}
     * @param measuredOn split of the errors
     * @param samples captions or answers behind the errors
     * @param errorBefore expected calibration error at temperature 1
     * @param errorAfter expected calibration error at the temperature
     */
    public record Confidence(
            double temperature,
            String fittedOn,
            String measuredOn,
            int samples,
            double errorBefore,
            double errorAfter) {}
}
