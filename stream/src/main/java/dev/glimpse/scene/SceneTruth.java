package dev.glimpse.scene;

import dev.glimpse.box.Box;
import dev.glimpse.scene.caption.Narrator;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.view.View;
import java.util.List;

/**
 * What a frame shows.
 *
 * @param captions five true captions
 * @param things what can be seen, most salient first
 */
public record SceneTruth(List<String> captions, List<Visible> things) {
    /**
     * One thing that can be seen.
     *
     * @param attributes colour, size and pattern
     * @param box pixels
     */
    public record Visible(String category, List<String> attributes, Box box) {}

    public SceneTruth {
        captions = List.copyOf(captions);
        things = List.copyOf(things);
    }

    static SceneTruth of(View view) {
        List<Visible> things = view.seen().stream()
                .map(s -> new Visible(
                        s.category().word(),
                        List.of(
                                s.thing().colour().word(),
                                s.thing().size().word(),
                                s.thing().pattern().word()),
                        s.box()))
                .toList();
        return new SceneTruth(Narrator.captions(view, Dice.mix(view.scene().seed(), 22)), things);
    }
}
