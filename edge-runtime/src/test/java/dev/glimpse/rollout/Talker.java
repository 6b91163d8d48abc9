package dev.glimpse.rollout;

import dev.glimpse.box.Box;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import java.util.List;

/** Says the same of every picture. */
final class Talker implements Captioner {
    volatile boolean closed;
    private final String digest;
    private final String text;

    Talker(String digest, String text) {
        this.digest = digest;
        this.text = text;
    }

    @Override
    public List<Sight> look(List<Picture> pictures) {
        float[] none = new float[0];
        Region region = new Region(new Box(0, 0, 1, 1), "boat", List.of(), .9f);
        Caption caption = new Caption(text, List.of(new Caption.Word(text, .8, List.of(1f))), .8);
        return pictures.stream()
                .map(picture -> new Sight(
                        List.of(region), caption, new RegionFeatures(none, none, none), new Sight.Timings(1, 1, 1, 1)))
                .toList();
    }

    @Override
    public List<Answer> answer(Sight sight, List<String> questions) {
        return questions.stream()
                .map(question -> new Answer("yes", .5, List.of(new Answer.Candidate("yes", .5)), List.of(1f)))
                .toList();
    }

    @Override
    public String modelDigest() {
        return digest;
    }

    @Override
    public String engine() {
        return "talker";
    }

    @Override
    public void close() {
        closed = true;
    }
}
