package dev.glimpse.batch;

import dev.glimpse.seed.Seed;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.token.TextInput;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Captions with hidden words: samples of pre-training and of captioning. [SEP] is a candidate too, which teaches where to
 * stop; [CLS] and padding never are. Immutable after construction.
 */
public final class CaptionTask {
    private final Pictures pictures;
    private final Tokenizer tokenizer;
    private final List<int[]> captions = new ArrayList<>(); // (C) each
    private final List<Integer> pictureOf = new ArrayList<>();

    /**
     * Tokenizes all captions.
     *
     * @param length caption tokens C
     */
    public CaptionTask(Pictures pictures, List<CaptionedPicture> captioned, Tokenizer tokenizer, int length) {
        this.pictures = pictures;
        this.tokenizer = tokenizer;
        for (CaptionedPicture picture : captioned) {
            int index = pictures.index(picture.id());
            for (String caption : picture.captions()) {
                captions.add(TextInput.caption(tokenizer, caption, length));
                pictureOf.add(index);
            }
        }
    }

    /** Number of captions. */
    public int size() {
        return captions.size();
    }

    /** Captions with hidden words; tags are whole and those of the picture. */
    public CaptionBatch captioning(int[] samples, HiddenWords hiding, Seed seed) {
        CaptionBatch.Builder batch = new CaptionBatch.Builder();
        for (int i = 0; i < samples.length; i++) {
            Random random = seed.at(i).random();
            int picture = pictureOf.get(samples[i]);
            int[] words = captions.get(samples[i]);
            hide(batch, words, picture, picture, false, hiding, random);
        }
        return batch.build();
    }

    /**
     * Captions and tags with hidden words. In some samples the tags are another picture's: those are told apart by the
     * matching head, and only words of their caption are hidden, since the picture still shows what it says.
     *
     * @param mismatched share of such samples
     */
    public CaptionBatch pretraining(int[] samples, HiddenWords hiding, double mismatched, Seed seed) {
        CaptionBatch.Builder batch = new CaptionBatch.Builder();
        for (int i = 0; i < samples.length; i++) {
            Random random = seed.at(i).random();
            int picture = pictureOf.get(samples[i]);
            boolean other = pictures.size() > 1 && random.nextDouble() < mismatched;
            int tagged = other ? another(picture, random) : picture;
            int[] words = captions.get(samples[i]);
            hide(batch, words, picture, tagged, !other, hiding, random);
        }
        return batch.build();
    }

    private int another(int picture, Random random) {
        int drawn = random.nextInt(pictures.size() - 1);
        return drawn < picture ? drawn : drawn + 1;
    }

    private void hide(
            CaptionBatch.Builder batch,
            int[] caption,
            int picture,
            int tagged,
            boolean hideTags,
            HiddenWords hiding,
            Random random) {
        int[] tags = pictures.tags(tagged);
        int length = caption.length;
        int[] tokens = java.util.Arrays.copyOf(caption, length + tags.length);
        System.arraycopy(tags, 0, tokens, length, tags.length);
        List<Integer> candidates = new ArrayList<>();
        for (int t = 1; t < length && caption[t] != tokenizer.pad(); t++) {
            candidates.add(t);
        }
        for (int t = 0; hideTags && t < tags.length && tags[t] != tokenizer.sep(); t++) {
            candidates.add(length + t);
        }
        int[] places = hiding.choose(candidates, random);
        int[] words = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            words[i] = tokens[places[i]];
            tokens[places[i]] = hiding.replacement(words[i], random);
        }
        batch.add(
                picture,
                tagged,
                java.util.Arrays.copyOf(tokens, length),
                java.util.Arrays.copyOfRange(tokens, length, tokens.length),
                pictures.regions(picture),
                places,
                words);
    }
}
