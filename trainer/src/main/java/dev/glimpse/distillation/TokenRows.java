package dev.glimpse.distillation;

import dev.glimpse.feature.RegionRow;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which of a batch's B x T states carry meaning: those of words, tags and regions that are there. Padding carries none, and no
 * distillation loss looks at it.
 *
 * @param kinds kinds of tokens in the order of the rows
 * @param rows (N): b T + i, one kind after the other
 * @param pictures (N): number of the picture of each row
 * @param queueable places among the N rows of those that may enter the queue, per sample: no [CLS], no [SEP]
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
public record TokenRows(List<Kind> kinds, long[] rows, long[] pictures, List<int[]> queueable) {
    /** Rows of one kind, such as {@code caption}, {@code tags} or {@code regions}. */
    public record Kind(String name, int count) {}

    /** Text tokens of one kind of all samples (B, n). */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
    public record Text(String name, int[][] tokens) {}

    /**
     * Rows of texts and regions that stand side by side.
     *
     * @param texts in their order
     * @param regions B rows
     * @param pictures (B) number of each sample's picture
     */
    public static TokenRows of(List<Text> texts, List<RegionRow> regions, int[] pictures, Tokenizer tokenizer) {
        Builder builder = new Builder(texts, regions, pictures);
        int first = 0;
        for (Text text : texts) {
            int from = first;
            builder.kind(text.name, text.tokens[0].length, from, (b, t) -> {
                int token = text.tokens[b][t];
                return new boolean[] {token != tokenizer.pad(), token != tokenizer.cls() && token != tokenizer.sep()};
            });
            first += text.tokens[0].length;
        }
        builder.kind("regions", regions.get(0).scores().length, first, (b, r) -> {
            return new boolean[] {regions.get(b).scores()[r] > 0, true};
        });
        return builder.build();
    }

    /** Number N of rows. */
    public int size() {
        return rows.length;
    }

    /**
     * A random few of each sample's tokens that may enter the queue.
     *
     * @param count most tokens of a sample
     * @return places among the N rows
     */
    public long[] sample(int count, Random random) {
        List<Integer> chosen = new ArrayList<>();
        for (int[] places : queueable) {
            List<Integer> left = new ArrayList<>(Arrays.stream(places).boxed().toList());
            for (int i = 0; i < count && !left.isEmpty(); i++) {
                chosen.add(left.remove(random.nextInt(left.size())));
            }
        }
        return chosen.stream().mapToLong(Integer::longValue).toArray();
    }

    /** Pictures of some places among the N rows. */
    public long[] pictures(long[] places) {
        return Arrays.stream(places).map(p -> pictures[(int) p]).toArray();
    }

    /** Says of a token whether it carries meaning, and whether it may enter the queue if it does. */
    @FunctionalInterface
    private interface Meaning {
        boolean[] of(int sample, int token);
    }

    private static final class Builder {
        private final int tokens; // T
        private final int[] pictures;
        private final List<Kind> kinds = new ArrayList<>();
        private final List<Long> rows = new ArrayList<>();
        private final List<Long> owners = new ArrayList<>();
        private final List<List<Integer>> queueable;

        Builder(List<Text> texts, List<RegionRow> regions, int[] pictures) {
            this.tokens = texts.stream().mapToInt(t -> t.tokens[0].length).sum()
                    + regions.get(0).scores().length;
            this.pictures = pictures;
            this.queueable = IntStream.range(0, pictures.length)
                    .<List<Integer>>mapToObj(b -> new ArrayList<>())
                    .toList();
        }

        void kind(String name, int length, int first, Meaning meaning) {
            int before = rows.size();
            for (int b = 0; b < pictures.length; b++) {
                for (int t = 0; t < length; t++) {
                    boolean[] is = meaning.of(b, t);
                    if (is[0]) {
                        if (is[1]) {
                            queueable.get(b).add(rows.size());
                        }
                        rows.add((long) b * tokens + first + t);
                        owners.add((long) pictures[b]);
                    }
                }
            }
            kinds.add(new Kind(name, rows.size() - before));
        }

        TokenRows build() {
            return new TokenRows(
                    List.copyOf(kinds),
                    rows.stream().mapToLong(Long::longValue).toArray(),
                    owners.stream().mapToLong(Long::longValue).toArray(),
                    queueable.stream()
                            .map(q -> q.stream().mapToInt(Integer::intValue).toArray())
                            .toList());
        }
    }
}
