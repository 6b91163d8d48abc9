package dev.glimpse.scene.caption;

import static dev.glimpse.scene.caption.Phrases.join;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.view.Seen;
import dev.glimpse.scene.view.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells one picture in five voices: terse, full, relational, count first, scene first. Lower case, no full stop. */
public final class Narrator {
    private static final int MAX_WORDS = 15;
    private static final String[] NUMBERS = {"no", "one", "two", "three", "four", "five", "six", "seven"};

    private final View view;
    private final Scene scene;
    private final Dice dice;
    private final Phrases say;
    private final Seen main;
    private final List<Seen> others;

    private Narrator(View view, long seed) {
        this.view = view;
        scene = view.scene();
        dice = new Dice(seed);
        say = new Phrases(dice);
        main = view.seen().get(0);
        others = view.seen().subList(1, view.seen().size());
    }

    /**
     * Five captions of a picture in which at least one thing is seen, mostly of at most 15 words: longer ones are cut by what can be left out.
     *
     * @param seed of the choice of words; the same for all frames of a scene keeps the wording steady
     */
    public static List<String> captions(View view, long seed) {
        Narrator n = new Narrator(view, seed);
        return List.of(n.terse(), n.full(), n.relational(), n.countFirst(), n.sceneFirst());
    }

    /** What the picture is about: what binds the main thing, or how it stands to the next one; none when it is alone. */
    public static List<Fact> theme(View view) {
        Seen main = view.seen().get(0);
        List<Fact> ties =
                Facts.ties(view).stream().filter(f -> f.concerns(main)).toList();
        if (!ties.isEmpty()) {
            return List.of(ties.get(0));
        }
        return view.seen().size() < 2
                ? List.of()
                : List.of(Facts.between(main, view.seen().get(1)));
    }

    private String mood(double p) {
        return dice.chance(p) ? say.words().mood(scene) : "";
    }

    private String place() {
        return say.words().place(scene.place());
    }

    /** Subject, link and object of the theme, in the order that begins with the main thing where that can be said. */
    private String theme(int subjectDetail, int objectDetail, boolean exact) {
        List<Fact> theme = theme(view);
        if (theme.isEmpty()) {
            return join(say.a(main, subjectDetail), say.doing(main));
        }
        Fact fact = theme.get(0);
        String inverse = fact.subject() == main ? "" : say.inverse(fact);
        if (!inverse.isEmpty()) {
            return join(say.a(main, subjectDetail), inverse, say.a(fact.subject(), objectDetail));
        }
        return join(
                say.a(fact.subject(), subjectDetail),
                exact ? say.exactLink(fact) : say.link(fact),
                say.a(fact.object(), objectDetail));
    }

    private String terse() {
        if (dice.chance(0.25)) {
            return join(say.a(main, 1), place());
        }
        return theme(1, dice.chance(0.5) ? 1 : 0, false);
    }

    private String full() {
        String place = place();
        String mood = mood(0.75);
        return shortest(
                join(theme(2, 1, false), place, mood),
                join(theme(2, 1, false), place),
                join(theme(1, 1, false), place),
                theme(1, 0, false));
    }

    private String relational() {
        String theme = theme(1, 1, true);
        List<Seen> rest = others.stream()
                .filter(s -> theme(view).stream().noneMatch(f -> f.concerns(s)))
                .toList();
        if (rest.isEmpty() || dice.chance(0.4)) {
            return shortest(join(theme, place()), theme);
        }
        Seen third = rest.get(0);
        Fact fact = Facts.between(third, main);
        String where = fact.subject() == third
                ? switch (fact.link()) {
                    case OVER -> "above";
                    case BEHIND -> "behind";
                    default -> "nearby";
                }
                : fact.link() == Link.BEHIND ? "in front" : "nearby";
        return shortest(join(theme, "and", say.a(third, 1), where), join(theme, "and", say.a(third, 0)), theme);
    }

    private String countFirst() {
        Map<Category, Integer> counts = new LinkedHashMap<>();
        for (Seen seen : view.seen()) {
            counts.merge(seen.category(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        int listed = 0;
        for (Map.Entry<Category, Integer> entry : counts.entrySet()) {
            if (listed == 3) {
                break;
            }
            String part = entry.getValue() == 1
                    ? single(entry.getKey(), listed == 0)
                    : join(NUMBERS[entry.getValue()], say.words().plural(entry.getKey()));
            boolean last = listed == Math.min(3, counts.size()) - 1;
            text.append(listed == 0 ? "" : last ? " and " : ", ").append(part);
            listed++;
        }
        String list = text.toString();
        return shortest(join(list, place(), mood(0.3)), join(list, place()), list);
    }

    private String single(Category category, boolean first) {
        Seen seen = view.seen().stream()
                .filter(s -> s.category() == category)
                .findFirst()
                .orElseThrow();
        String bare = say.bare(seen, first ? 1 : 0);
        return first && dice.chance(0.5) ? "one " + bare : Phrases.article(bare);
    }

    private String sceneFirst() {
        String place = place();
        String mood = mood(0.8);
        String setting = dice.chance(0.7) ? join(place, mood) : join(mood, place);
        if (dice.chance(0.2) && others.isEmpty()) {
            return join(setting, "there is", say.a(main, 1));
        }
        String theme = theme(1, 0, false);
        return shortest(join(setting, theme), join(place, theme), theme);
    }

    /** The first of these that is not too long, or the last. */
    private static String shortest(String... texts) {
        for (String text : texts) {
            if (text.split(" ").length <= MAX_WORDS) {
                return text;
            }
        }
        return texts[texts.length - 1];
    }
}
