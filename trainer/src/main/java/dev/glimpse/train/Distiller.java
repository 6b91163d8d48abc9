package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.array.Scalar;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.distillation.AnswerDistillation;
import dev.glimpse.distillation.Contrast;
import dev.glimpse.distillation.StateTerms;
import dev.glimpse.distillation.TermWeights;
import dev.glimpse.distillation.TokenRows;
import dev.glimpse.distillation.WordDistillation;
import dev.glimpse.loss.SoftTargets;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.run.Training;
import dev.glimpse.size.FusionSize;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A batch of the student in, the weighted terms of distillation out. The teacher's outputs are computed once per batch.
 *
 * <p>Used by one thread; {@link #close} frees teacher and queue.
 */
final class Distiller implements AutoCloseable {
    private final TermWeights weights;
    private final Teacher teacher;
    private final StateTerms states;
    private final Tokenizer tokenizer;

    /**
     * Reads the teacher.
     *
     * @param manager long-lived
     * @param student what the student reads
     * @param kind kind of the teacher's checkpoint
     * @param specs the teacher's tensors
     */
    Distiller(
            Job job,
            NDManager manager,
            FusionContext student,
            String kind,
            Function<FusionSize, List<ParameterSpec>> specs,
            TermWeights weights,
            Contrast contrast) {
        this.weights = weights;
        this.teacher = new Teacher(job, manager, student, kind, specs);
        this.states = new StateTerms(manager, weights, contrast, teacher.width());
        this.tokenizer = student.tokenizer();
    }

    /** The student's tensors and, where states are compared, their projection to the teacher's width. */
    List<ParameterSpec> with(List<ParameterSpec> specs, FusionSize student) {
        List<ParameterSpec> all = new ArrayList<>(specs);
        if (weights.projects()) {
            all.addAll(FusionTensors.projection(student, teacher.width()));
        }
        return all;
    }

    /** What belongs into the checkpoint beside the parameters. */
    List<Buffers> buffers() {
        return states.buffers();
    }

    /**
     * Terms of pre-training and captioning.
     *
     * @param student with the weights of this step
     * @param encoded the student's states of the batch
     * @param logits (N, V): the student's word scores at the hidden places
     */
    Map<String, NDArray> terms(
            Training training,
            Part part,
            Fusion student,
            Fusion.Encoded encoded,
            NDArray logits,
            CaptionBatch batch,
            WordDistillation settings) {
        NDManager step = encoded.states().getManager();
        Fusion.Encoded taught = teacher.encode(step, teacher.sees(batch));
        List<TokenRows.Text> texts =
                List.of(new TokenRows.Text("caption", batch.captions()), new TokenRows.Text("tags", batch.tags()));
        TokenRows rows = TokenRows.of(texts, batch.regions(), batch.pictures(), tokenizer);
        Map<String, NDArray> terms = stateTerms(training, part, student, encoded, taught, rows);
        if (weights.classification() > 0) {
            NDArray each = words(student, encoded, taught, logits, batch, settings);
            terms.put("classification", Scalar.times(each.mean(), weights.classification()));
        }
        return terms;
    }

    private NDArray words(
            Fusion student,
            Fusion.Encoded encoded,
            Fusion.Encoded taught,
            NDArray logits,
            CaptionBatch batch,
            WordDistillation settings) {
        NDManager step = encoded.states().getManager();
        int tokens = (int) encoded.states().getShape().get(1);
        boolean hidden = settings.positions() == WordDistillation.Positions.MASKED && teacher.aligned();
        long[] chosen = settings.positions() == WordDistillation.Positions.MASKED
                ? batch.rows(tokens)
                : batch.wordRows(tokens, tokenizer.pad());
        if (!teacher.aligned()) { // its tags are others: words of captions only
            int caption = batch.captions()[0].length;
            chosen = Arrays.stream(chosen).filter(r -> r % tokens < caption).toArray();
        }
        if (chosen.length == 0) {
            return step.zeros(new Shape(1)); // a small part in which tags only are hidden
        }
        NDArray places = step.create(chosen);
        NDArray own = hidden ? logits : student.words(Fusion.select(encoded.states(), places));
        NDArray wanted = teacher.fusion(step).words(Fusion.select(taught.states(), places));
        return SoftTargets.exclusive(own, wanted, settings.temperature());
    }

    /**
     * Terms of question answering.
     *
     * @param logits (B, A): the student's answer scores
     */
    Map<String, NDArray> terms(
            Training training,
            Part part,
            Fusion student,
            Fusion.Encoded encoded,
            NDArray logits,
            QuestionTask.Batch batch,
            AnswerDistillation settings) {
        NDManager step = encoded.states().getManager();
        Fusion.Encoded taught = teacher.encode(step, teacher.sees(batch));
        List<TokenRows.Text> texts = List.of(new TokenRows.Text("question", batch.questions()));
        TokenRows rows = TokenRows.of(texts, batch.regions(), batch.pictures(), tokenizer);
        Map<String, NDArray> terms = stateTerms(training, part, student, encoded, taught, rows);
        if (weights.classification() > 0) {
            NDArray wanted = teacher.fusion(step).answers(taught.states());
            NDArray each = settings.answers() == AnswerDistillation.Form.SOFTMAX
                    ? SoftTargets.exclusive(logits, wanted, settings.temperature())
                    : SoftTargets.independent(logits, wanted, settings.temperature());
            terms.put("classification", Scalar.times(each.mean(), weights.classification()));
        }
        return terms;
    }

    private Map<String, NDArray> stateTerms(
            Training training,
            Part part,
            Fusion student,
            Fusion.Encoded encoded,
            Fusion.Encoded taught,
            TokenRows rows) {
        double progress = (double) training.step() / training.settings().steps();
        return new LinkedHashMap<>(states.terms(
                student.w(), encoded, taught, rows, progress, training.seed().at(part.from())));
    }

    @Override
    public void close() {
        states.close();
        teacher.close();
    }
}
