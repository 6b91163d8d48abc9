package dev.glimpse.demo;

import dev.glimpse.box.Box;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import java.util.Arrays;
import java.util.List;

/** Captions a picture with a hash of its pixels, so that a test can tell whose caption it reads. */
final class HashingCaptioner implements Captioner {
    static final String DIGEST = "5".repeat(64);

    private final long millisPerPicture;

    /** @param millisPerPicture how long a look takes */
    HashingCaptioner(long millisPerPicture) {
        this.millisPerPicture = millisPerPicture;
    }

    static String caption(Picture picture) {
        return "hash " + Integer.toHexString(Arrays.hashCode(picture.rgb()));
    }

    @Override
    public List<Sight> look(List<Picture> pictures) {
        sleep(millisPerPicture * pictures.size());
        return pictures.stream().map(HashingCaptioner::sight).toList();
    }

    private static Sight sight(Picture picture) {
        Region region = new Region(new Box(0, 0, picture.width(), picture.height()), "thing", List.of("red"), .9f);
        String text = caption(picture);
        List<Caption.Word> words = Arrays.stream(text.split(" "))
                .map(word -> new Caption.Word(word, .8, List.of(1f)))
                .toList();
        Caption caption = new Caption(text, words, .8);
        float[] none = new float[0];
        return new Sight(List.of(region), caption, new RegionFeatures(none, none, none), new Sight.Timings(1, 2, 3, 4));
    }

    @Override
    public List<Answer> answer(Sight sight, List<String> questions) {
        return questions.stream()
                .map(question ->
                        new Answer(sight.caption().text(), .5, List.of(new Answer.Candidate("yes", .5)), List.of(1f)))
                .toList();
    }

    @Override
    public String modelDigest() {
        return DIGEST;
    }

    @Override
    public String engine() {
        return "hash 1";
    }

    @Override
    public void close() {}

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
