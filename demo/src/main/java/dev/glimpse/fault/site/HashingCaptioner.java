package dev.glimpse.fault.site;

import dev.glimpse.box.Box;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Captions a picture with a hash of its pixels, so that whoever reads the caption can tell whose it is. */
public final class HashingCaptioner implements Captioner {
    /** The digest of a model that is not there. */
    public static final String DIGEST = "5".repeat(64);

    private static final String WORD = "hash ";
    private static final long PRIME = 1_099_511_628_211L;

    private final String digest;
    private final long nanosPerPicture;

    /** @param microsPerPicture how long a look at one picture takes */
    public HashingCaptioner(String digest, long microsPerPicture) {
        this.digest = digest;
        this.nanosPerPicture = 1000 * microsPerPicture;
    }

    /** Size and pixels in 64 bits. */
    public static long hash(Picture picture) {
        long hash = 31L * picture.width() + picture.height();
        for (byte value : picture.rgb()) {
            hash = (hash ^ value) * PRIME;
        }
        return hash;
    }

    /** The caption of a picture. */
    public static String caption(Picture picture) {
        return WORD + HexFormat.of().toHexDigits(hash(picture));
    }

    /** The hash in a caption; empty when it is the caption of something else. */
    public static OptionalLong hash(String caption) {
        return caption.matches(WORD + "[0-9a-f]{16}")
                ? OptionalLong.of(HexFormat.fromHexDigitsToLong(caption.substring(WORD.length())))
                : OptionalLong.empty();
    }

    @Override
    public List<Sight> look(List<Picture> pictures) {
        long end = System.nanoTime() + nanosPerPicture * pictures.size();
        List<Sight> sights = pictures.stream().map(HashingCaptioner::sight).toList();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return sights;
    }

    private static Sight sight(Picture picture) {
        Region region = new Region(new Box(0, 0, picture.width(), picture.height()), "thing", List.of("red"), .9f);
        String text = caption(picture);
        List<Caption.Word> words = Arrays.stream(text.split(" "))
                .map(word -> new Caption.Word(word, .8, List.of(1f)))
                .toList();
        float[] none = new float[0];
        return new Sight(
                List.of(region),
                new Caption(text, words, .8),
                new RegionFeatures(none, none, none),
                new Sight.Timings(1, 2, 3, 4));
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
        return digest;
    }

    @Override
    public String engine() {
        return "hash 1";
    }

    @Override
    public void close() {}
}
