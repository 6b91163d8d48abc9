package dev.glimpse.decode;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Searches for the best caption of each picture: greedy with one beam, beam search with more. A caption never is empty and
 * never holds a special token; score = sum of log probabilities / number of tokens.
 *
 * @param tokenizer for the ids of the special tokens
 * @param maxWords most word pieces of a caption, [CLS] and [SEP] not counted
 * @param beams hypotheses kept per picture, 1 is greedy
 */
public record Search(Tokenizer tokenizer, int maxWords, int beams) {
    private static final float[] NO_ATTENTION = {};

    public Search {
        require(maxWords > 0, "maxWords must be positive, was %d", maxWords);
        require(beams > 0, "beams must be positive, was %d", beams);
    }

    private record Beam(int row, List<Hypothesis.Token> tokens, double sum) {}

    private record Candidate(Beam from, int id, double sum, double logProbability) {}

    /**
     * Runs the search.
     *
     * @param next source of scores with pictures x beams rows, all beams of a picture side by side
     * @return one caption per picture
     */
    public List<Hypothesis> run(NextToken next, int pictures) {
        int rows = pictures * beams;
        List<List<Beam>> live = new ArrayList<>();
        List<List<Hypothesis>> finished = new ArrayList<>();
        for (int p = 0; p < pictures; p++) {
            live.add(List.of(new Beam(p * beams, List.of(), 0)));
            finished.add(new ArrayList<>());
        }
        int[] last = new int[rows];
        Arrays.fill(last, tokenizer.cls());
        int[] parent = IntStream.range(0, rows).toArray();
        for (int t = 0; t <= maxWords && live.stream().anyMatch(b -> !b.isEmpty()); t++) {
            NextToken.Step step = next.next(last, parent);
            for (int p = 0; p < pictures; p++) {
                live.set(p, advance(live.get(p), finished.get(p), step, p * beams, t, last, parent));
            }
        }
        return finished.stream()
                .map(f -> f.stream()
                        .max(Comparator.comparingDouble(Hypothesis::score))
                        .orElseThrow())
                .toList();
    }

    /** Extends the beams of one picture by one token; finished ones move to {@code finished}. */
    private List<Beam> advance(
            List<Beam> live,
            List<Hypothesis> finished,
            NextToken.Step step,
            int firstRow,
            int t,
            int[] last,
            int[] parent) {
        for (int b = 0; b < beams; b++) {
            last[firstRow + b] = tokenizer.pad();
            parent[firstRow + b] = firstRow + b;
        }
        List<Beam> kept = new ArrayList<>();
        int rank = 0;
        for (Candidate candidate : best(live, step, t)) {
            boolean ends = candidate.id == tokenizer.sep();
            if (ends && rank < beams) { // an ending is as good as the beams that go on, or it is none
                double score = candidate.sum / (candidate.from.tokens.size() + 1);
                finished.add(new Hypothesis(candidate.from.tokens, score));
            } else if (!ends && kept.size() < beams) {
                int row = firstRow + kept.size();
                last[row] = candidate.id;
                parent[row] = candidate.from.row;
                kept.add(extended(candidate, row, step));
            }
            rank++;
        }
        return done(finished, kept) ? List.of() : kept;
    }

    /** Whether enough captions ended, and the best of them is at least as good as the best beam would be if it ended for sure. */
    private boolean done(List<Hypothesis> finished, List<Beam> kept) {
        double best = finished.stream().mapToDouble(Hypothesis::score).max().orElse(Double.NEGATIVE_INFINITY);
        return finished.size() >= beams
                && (beams == 1 || kept.stream().allMatch(beam -> best >= beam.sum / (beam.tokens.size() + 1)));
    }

    private static Beam extended(Candidate candidate, int row, NextToken.Step step) {
        float[][] attention = step.attention();
        List<Hypothesis.Token> tokens = new ArrayList<>(candidate.from.tokens);
        tokens.add(new Hypothesis.Token(
                candidate.id,
                candidate.logProbability,
                attention == null ? NO_ATTENTION : attention[candidate.from.row]));
        return new Beam(row, List.copyOf(tokens), candidate.sum);
    }

    /** The 2 x beams best continuations of a picture's beams, best first: enough even if half of them end here. */
    private List<Candidate> best(List<Beam> live, NextToken.Step step, int t) {
        List<Candidate> candidates = new ArrayList<>();
        for (Beam beam : live) {
            float[] logits = step.logits()[beam.row];
            double logSum = logSumExp(logits);
            for (int id : top(logits, beams == 1 ? 1 : 2 * beams, t)) {
                double logProbability = logits[id] - logSum;
                candidates.add(new Candidate(beam, id, beam.sum + logProbability, logProbability));
            }
        }
        candidates.sort(Comparator.comparingDouble((Candidate c) -> -c.sum)
                .thenComparingInt(c -> c.from.row)
                .thenComparingInt(c -> c.id));
        return candidates;
    }

    /** Ids of the highest allowed logits, highest first, the lower id first among equals. */
    private int[] top(float[] logits, int count, int t) {
        if (t == maxWords) {
            return new int[] {tokenizer.sep()};
        }
        int[] ids = new int[count];
        int size = 0;
        for (int id = 0; id < logits.length; id++) {
            if (!allowed(id, t) || (size == count && logits[id] <= logits[ids[count - 1]])) {
                continue;
            }
            int place = size < count ? size++ : count - 1;
            while (place > 0 && logits[ids[place - 1]] < logits[id]) {
                ids[place] = ids[place - 1];
                place--;
            }
            ids[place] = id;
        }
        return Arrays.copyOf(ids, size);
    }

    private boolean allowed(int id, int t) {
        return id != tokenizer.pad()
                && id != tokenizer.unknown()
                && id != tokenizer.cls()
                && id != tokenizer.mask()
                && (t > 0 || id != tokenizer.sep());
    }

    private static double logSumExp(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }
}
