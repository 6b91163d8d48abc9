package dev.glimpse.batch;

import dev.glimpse.feature.RegionRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples of pre-training or captioning, as numbers.
 *
 * @param pictures (B): numbers of the pictures
 * @param tagged (B): numbers of the pictures whose tags these are; others than {@code pictures} where they do not match
 * @param captions (B, C), words hidden
 * @param tags (B, L), words hidden
 * @param regions B rows
 * @param matches (B): whether the tags are the picture's own
 * @param places places of the hidden words within their sample's C + L text tokens, per sample
 * @param words the hidden words, per sample
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
public record CaptionBatch(
        int[] pictures,
        int[] tagged,
        int[][] captions,
        int[][] tags,
        List<RegionRow> regions,
        boolean[] matches,
        int[][] places,
        int[][] words) {
    public int size() {
        return captions.length;
    }

    /** The same samples as somebody else sees them. */
    public CaptionBatch seenAs(int[][] otherTags, List<RegionRow> otherRegions) {
        return new CaptionBatch(pictures, tagged, captions, otherTags, otherRegions, matches, places, words);
    }

    /** Samples {@code from} to {@code to - 1}. */
    public CaptionBatch share(int from, int to) {
        return new CaptionBatch(
                Arrays.copyOfRange(pictures, from, to),
                Arrays.copyOfRange(tagged, from, to),
                Arrays.copyOfRange(captions, from, to),
                Arrays.copyOfRange(tags, from, to),
                regions.subList(from, to),
                Arrays.copyOfRange(matches, from, to),
                Arrays.copyOfRange(places, from, to),
                Arrays.copyOfRange(words, from, to));
    }

    /**
     * Rows of the hidden words among B x tokens states.
     *
     * @param tokens tokens T of a sample, with regions
     * @return (N)
     */
    public long[] rows(int tokens) {
        List<Long> rows = new ArrayList<>();
        for (int b = 0; b < places.length; b++) {
            for (int place : places[b]) {
                rows.add((long) b * tokens + place);
            }
        }
        return rows.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Rows of all words of the captions, [SEP] included and [CLS] not, and of the hidden tags.
     *
     * @param tokens tokens T of a sample, with regions
     * @param pad id of padding
     * @return (N)
     */
    public long[] wordRows(int tokens, int pad) {
        List<Long> rows = new ArrayList<>();
        for (int b = 0; b < captions.length; b++) {
            for (int t = 1; t < captions[b].length && captions[b][t] != pad; t++) {
                rows.add((long) b * tokens + t);
            }
            for (int place : places[b]) {
                if (place >= captions[b].length) {
                    rows.add((long) b * tokens + place);
                }
            }
        }
        return rows.stream().mapToLong(Long::longValue).toArray();
    }

    /** The hidden words of all samples (N). */
    public long[] targets() {
        return Arrays.stream(words).flatMapToInt(Arrays::stream).asLongStream().toArray();
    }

    static final class Builder {
        private final List<Integer> pictures = new ArrayList<>();
        private final List<Integer> tagged = new ArrayList<>();
        private final List<int[]> captions = new ArrayList<>();
        private final List<int[]> tags = new ArrayList<>();
        private final List<RegionRow> regions = new ArrayList<>();
        private final List<Boolean> matches = new ArrayList<>();
        private final List<int[]> places = new ArrayList<>();
        private final List<int[]> words = new ArrayList<>();

        void add(int picture, int tagsOf, int[] caption, int[] tag, RegionRow region, int[] place, int[] word) {
            pictures.add(picture);
            tagged.add(tagsOf);
            captions.add(caption);
            tags.add(tag);
            regions.add(region);
            matches.add(picture == tagsOf);
            places.add(place);
            words.add(word);
        }

        CaptionBatch build() {
            boolean[] match = new boolean[matches.size()];
            for (int i = 0; i < match.length; i++) {
                match[i] = matches.get(i);
            }
            return new CaptionBatch(
                    pictures.stream().mapToInt(Integer::intValue).toArray(),
                    tagged.stream().mapToInt(Integer::intValue).toArray(),
                    captions.toArray(new int[0][]),
                    tags.toArray(new int[0][]),
                    List.copyOf(regions),
                    match,
                    places.toArray(new int[0][]),
                    words.toArray(new int[0][]));
        }
    }
}
