package dev.glimpse.report;

import java.util.List;
import java.util.Map;

/**
 * The content of {@code report.json}.
 *
 * @param name name of the run
 * @param seed its seed
 * @param parameters numbers of parameters by checkpoint
 * @param splits figures by split
 */
public record Report(String name, long seed, Map<String, Long> parameters, Map<String, SplitReport> splits) {
    /**
     * Figures of one split.
     *
     * @param pictures pictures with captions
     * @param questions questions
     * @param boxes COCO figures of the detector, in [0, 1]
     * @param greedy {@code CIDEr} (D, 1.0 = 100 points), {@code Bleu_1..4}, {@code ROUGE_L} of greedy decoding
     * @param beam the same of beam search
     * @param vqa accuracy in percent
     */
    public record SplitReport(
            int pictures,
            int questions,
            Map<String, Double> boxes,
            Map<String, Double> greedy,
            Map<String, Double> beam,
            Vqa vqa) {}

    /** Accuracy in percent: of all questions, by kind of answer, by kind of question. */
    public record Vqa(double overall, Map<String, Double> answerTypes, Map<String, Double> questionTypes) {}

    /**
     * A picture of the report.
     *
     * @param jpeg its file
     * @param mediaType such as {@code image/jpeg}
     * @param width of the picture in pixels
     * @param height of it
     * @param captions who says what about it, the student first
     * @param looks what the student looked at, for a few words of its caption
     * @param references what people wrote
     * @param answers lines such as {@code what colour is the cat? red (truth: red)}
     */
    @SuppressWarnings("ArrayRecordComponent") // an encoded picture, never compared
    public record Sample(
            byte[] jpeg,
            String mediaType,
            int width,
            int height,
            List<Said> captions,
            List<Look> looks,
            List<String> references,
            List<String> answers) {}

    /**
     * A caption.
     *
     * @param by name of the model
     */
    public record Said(String by, String caption) {}

    /**
     * What a model looked at when it wrote a word.
     *
     * @param boxes (R, 4): x1, y1, x2, y2 as fractions of the picture
     * @param weights (R): attention on each, at least 0
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one picture, never compared
    public record Look(String word, float[] boxes, float[] weights) {}
}
