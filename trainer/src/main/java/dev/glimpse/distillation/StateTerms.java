package dev.glimpse.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.glimpse.array.Cast;
import dev.glimpse.array.Scalar;
import dev.glimpse.loss.AttentionMse;
import dev.glimpse.loss.HiddenMse;
import dev.glimpse.loss.Relations;
import dev.glimpse.loss.TokenContrast;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.network.Linear;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Weights;
import dev.glimpse.seed.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The encoded batch of student and teacher in, weighted loss terms out, each split by kind of token: {@code attention caption},
 * {@code hidden regions} and so on; together they are weight x mean over all rows that carry meaning.
 *
 * <p>Negatives of the contrastive loss are a random few of the batch's own teacher states and the queue of earlier ones; afterwards
 * the former enter the queue. With a queue of 0 there still are negatives [D].
 *
 * <p>Used by one thread; {@link #close} frees the queue.
 */
public final class StateTerms implements AutoCloseable {
    private final TermWeights weights;
    private final Contrast contrast;
    private final Optional<TokenQueue> queue;

    /**
     * Begins with an empty queue.
     *
     * @param parent a long-lived manager
     * @param width the teacher's
     */
    public StateTerms(NDManager parent, TermWeights weights, Contrast contrast, int width) {
        this.weights = weights;
        this.contrast = contrast;
        this.queue = weights.hidden() > 0 && contrast.queue() > 0
                ? Optional.of(new TokenQueue(parent, contrast.queue(), width))
                : Optional.empty();
    }

    /** What belongs into the checkpoint beside the parameters. */
    public List<Buffers> buffers() {
        return queue.map(TokenQueue::buffers).orElse(List.of());
    }

    /**
     * The terms of one batch.
     *
     * @param w the student's, with the projection where states are compared
     * @param student carries gradient
     * @param teacher constant, the same tokens, on the same device
     * @param progress step over steps, in (0, 1]
     * @param seed of the step and part
     * @return scalars with their weights
     */
    public Map<String, NDArray> terms(
            Weights w, Fusion.Encoded student, Fusion.Encoded teacher, TokenRows rows, double progress, Seed seed) {
        Map<String, NDArray> terms = new LinkedHashMap<>();
        NDManager step = student.states().getManager();
        NDArray places = step.create(rows.rows()); // (N)
        if (weights.attention() > 0) {
            NDArray each = AttentionMse.perToken(student.attention(), teacher.attention(), places);
            split(terms, "attention", each, weights.attention(), rows);
        }
        if (weights.relations() > 0) {
            split(terms, "relations", relations(student, teacher, places), weights.relations(), rows);
        }
        if (weights.projects()) {
            NDArray own = Cast.wide(
                    Linear.apply(w, FusionTensors.PROJECTION, Fusion.select(student.states(), places))); // (N, D')
            NDArray wanted = Fusion.select(teacher.states(), places);
            double squared = weights.hiddenMseAt(progress);
            if (squared > 0) {
                split(terms, "hidden mse", HiddenMse.perToken(own, wanted), squared, rows);
            }
            if (weights.hidden() > 0) {
                split(terms, "hidden", contrast(own, wanted, rows, seed), weights.hidden(), rows);
            }
        }
        return terms;
    }

    private static NDArray relations(Fusion.Encoded student, Fusion.Encoded teacher, NDArray places) {
        NDArray mask = student.mask();
        return Relations.perToken(unscaled(student), unscaled(teacher), mask, places)
                .add(Relations.perToken(student.key(), teacher.key(), mask, places))
                .add(Relations.perToken(student.value(), teacher.value(), mask, places));
    }

    private static NDArray unscaled(Fusion.Encoded encoded) {
        return Scalar.times(
                encoded.query(), Math.sqrt(encoded.query().getShape().get(3)));
    }

    private NDArray contrast(NDArray own, NDArray wanted, TokenRows rows, Seed seed) {
        NDManager step = own.getManager();
        NDArray target = TokenContrast.unit(wanted);
        long[] sample = rows.sample(contrast.tokens(), seed.at("queue").random());
        long[] owners = rows.pictures(sample);
        TokenQueue.Tokens drawn =
                new TokenQueue.Tokens(Fusion.select(target.expandDims(0), step.create(sample)), step.create(owners));
        TokenQueue.Tokens candidates =
                queue.flatMap(q -> q.tokens(step)).map(drawn::and).orElse(drawn);
        NDArray each = TokenContrast.perToken(
                TokenContrast.unit(own),
                target,
                step.create(rows.pictures()),
                candidates.rows(),
                candidates.owners(),
                contrast.temperature());
        queue.ifPresent(q -> q.push(drawn.rows(), owners));
        return each;
    }

    /** Adds one term per kind of token; their sum is weight x mean. */
    private static void split(Map<String, NDArray> terms, String name, NDArray each, double weight, TokenRows rows) {
        int from = 0;
        for (TokenRows.Kind kind : rows.kinds()) {
            if (kind.count() > 0) {
                NDArray part = each.get(new NDIndex("{}:{}", from, from + kind.count()));
                terms.put(name + " " + kind.name(), Scalar.times(part.sum(), weight / rows.size()));
            }
            from += kind.count();
        }
    }

    @Override
    public void close() {
        queue.ifPresent(TokenQueue::close);
    }
}
