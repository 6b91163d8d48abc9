package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.emit.AnswerGraph;
import dev.glimpse.emit.Checkpoint;
import dev.glimpse.emit.DetectorGraph;
import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The compiled networks of a run.
 *
 * @param models by file name: detector, encode, step, answer
 */
record Graphs(DetectorSize detector, FusionSize fusion, TokenLayout layout, Map<String, OnnxModel> models) {
    /** Compiles the three checkpoints of a run; refuses those that do not fit together. */
    static Graphs compile(RunFiles run) {
        try (Checkpoint detector = Checkpoint.open(run.detector(), "student-detector");
                Checkpoint caption = Checkpoint.open(run.caption(), "student-caption");
                Checkpoint vqa = Checkpoint.open(run.vqa(), "student-vqa")) {
            FusionSize size = vqa.fusionSize(); // the answers are the business of this checkpoint alone
            same("size", withAnswers(caption.fusionSize(), size.answers()), size, run);
            same("layout", caption.layout(), vqa.layout(), run);
            Map<String, OnnxModel> models = new LinkedHashMap<>();
            models.put(Bundle.DETECTOR, DetectorGraph.of(detector));
            models.put(Bundle.ENCODE, EncodeGraph.of(caption));
            models.put(Bundle.STEP, StepGraph.of(caption));
            models.put(Bundle.ANSWER, AnswerGraph.of(vqa));
            return new Graphs(detector.detectorSize(), size, caption.layout(), models);
        }
    }

    /** The same networks, rewritten. */
    Graphs with(UnaryOperator<OnnxModel> rewriting) {
        Map<String, OnnxModel> rewritten = new LinkedHashMap<>();
        models.forEach((file, model) -> rewritten.put(file, rewriting.apply(model)));
        return with(rewritten);
    }

    /** Other graphs of the same sizes. */
    Graphs with(Map<String, OnnxModel> others) {
        return new Graphs(detector, fusion, layout, others);
    }

    private static FusionSize withAnswers(FusionSize size, int answers) {
        return new FusionSize(
                size.layers(),
                size.width(),
                size.heads(),
                size.feedForward(),
                size.vocabulary(),
                size.positions(),
                size.regionFeature(),
                answers);
    }

    private static void same(String what, Object caption, Object vqa, RunFiles run) {
        require(
                caption.equals(vqa),
                "%s: expected one %s in both checkpoints, found %s and %s. Train both tasks with the same settings.",
                run.directory(),
                what,
                caption,
                vqa);
    }
}
