package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.size.TokenLayout;

/**
 * The teacher: what the student is distilled from.
 *
 * @param detector its detector and how it is trained
 * @param fusion size of its transformer, whose tokens are laid out as the student's
 * @param pretrain pre-training on its own boxes
 * @param adapt further pre-training on the student's boxes and tags, with its own features
 * @param caption fine-tuning on captions
 * @param vqa fine-tuning on questions
 * @param adapted true: it is adapted and fine-tuned on the student's boxes. False, for comparison: it is fine-tuned on its own
 *     boxes, and sees the student's only when it teaches
 * @param aligned true: it looks at the student's boxes when it teaches. False, for comparison: at its own
 */
public record TeacherConfig(
        TeacherDetectorConfig detector,
        Transformer fusion,
        Pretrain pretrain,
        Pretrain adapt,
        Caption caption,
        Vqa vqa,
        boolean adapted,
        boolean aligned) {
    public TeacherConfig {
        require(
                aligned || !adapted,
                "aligned: false compares a teacher that keeps to its own boxes, which needs adapted: false");
    }

    /** Size of the transformer; as many heads as the student. */
    public record Transformer(
            int layers, int width, int heads, int feedForward, double dropout, double attentionDropout) {
        public TrainConfig.Fusion with(TokenLayout layout) {
            return new TrainConfig.Fusion(layers, width, heads, feedForward, dropout, attentionDropout, layout);
        }
    }

    /** Pre-training, as the student's. */
    public record Pretrain(OptimizerSettings optimizer, TrainConfig.Masking masking, double mismatched) {
        TrainConfig.Pretrain undistilled() {
            return new TrainConfig.Pretrain(optimizer, masking, mismatched);
        }
    }

    /** Fine-tuning on captions, as the student's. */
    public record Caption(OptimizerSettings optimizer, TrainConfig.Masking masking, double labelSmoothing) {
        TrainConfig.Caption undistilled() {
            return new TrainConfig.Caption(optimizer, masking, labelSmoothing);
        }
    }

    /** Fine-tuning on questions, as the student's. */
    public record Vqa(OptimizerSettings optimizer) {
        TrainConfig.Vqa undistilled(int minAnswers) {
            return new TrainConfig.Vqa(optimizer, minAnswers);
        }
    }

    /** What it looks at when it is fine-tuned. */
    Regions learns() {
        return adapted ? Regions.ALIGNED : Regions.TEACHER;
    }

    /** What it looks at when it teaches. */
    Regions teaches() {
        return aligned ? Regions.ALIGNED : Regions.TEACHER;
    }

    /** The kind of checkpoint that teaches pre-training and that fine-tuning begins with. */
    String foundation() {
        return adapted ? Role.TEACHER_ADAPTED : Role.TEACHER_PRETRAINED;
    }
}
