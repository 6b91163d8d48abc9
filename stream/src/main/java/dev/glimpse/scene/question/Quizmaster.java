package dev.glimpse.scene.question;

import dev.glimpse.scene.caption.Fact;
import dev.glimpse.scene.caption.Facts;
import dev.glimpse.scene.caption.Link;
import dev.glimpse.scene.caption.Narrator;
import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Colour;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Pattern;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Weather;
import dev.glimpse.scene.view.Seen;
import dev.glimpse.scene.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks about one picture: what is there, how many, which colour, how things stand to each other, where and when. */
public final class Quizmaster {
    private final View view;
    private final Scene scene;
    private final Dice dice;
    private final Crowd crowd;
    private final List<Question> asked = new ArrayList<>();

    private Quizmaster(View view, long seed) {
        this.view = view;
        scene = view.scene();
        dice = new Dice(seed);
        crowd = new Crowd(dice);
    }

    /** Five to seven questions about a picture in which at least one thing is seen. */
    public static List<Question> questions(View view, long seed) {
        Quizmaster q = new Quizmaster(view, seed);
        q.presence();
        q.number();
        q.colour();
        q.relation();
        switch (q.dice.below(4)) {
            case 0 -> q.place();
            case 1 -> q.weather();
            case 2 -> q.pattern();
            default -> q.colourCheck();
        }
        q.action();
        return List.copyOf(q.asked);
    }

    private boolean unique(Seen seen) {
        return view.seen().stream().filter(s -> s.category() == seen.category()).count() == 1;
    }

    /** A thing that is the only one of its kind, rather the more salient ones; the main thing where there is none. */
    private Seen one() {
        List<Seen> alone = view.seen().stream().filter(this::unique).toList();
        if (alone.isEmpty()) {
            return view.seen().get(0);
        }
        return alone.get(Math.min(alone.size() - 1, dice.below(2) * dice.below(3)));
    }

    private void presence() {
        boolean yes = dice.chance(0.5);
        Category kind;
        if (yes) {
            kind = dice.pick(view.seen()).category();
        } else {
            List<Category> absent = Arrays.stream(Category.values())
                    .filter(c -> c.livesIn(scene.place()))
                    .filter(c -> scene.things().stream().noneMatch(t -> t.category() == c))
                    .toList();
            kind = dice.pick(absent);
        }
        String noun = article(Lexicon.word(kind));
        asked.add(
                dice.chance(0.7)
                        ? crowd.yesNo("is there " + noun + " in the picture?", "is there a", yes, 0.04)
                        : crowd.yesNo("do you see " + noun + "?", "do you", yes, 0.04));
    }

    private void number() {
        Category kind = dice.pick(view.seen()).category();
        for (Seen seen : view.seen()) {
            if (!unique(seen) && dice.chance(0.6)) {
                kind = seen.category();
            }
        }
        Category chosen = kind;
        int count =
                (int) view.seen().stream().filter(s -> s.category() == chosen).count();
        if (dice.chance(0.25)) {
            int people = (int)
                    view.seen().stream().filter(s -> s.category().person()).count();
            int animals = (int)
                    view.seen().stream().filter(s -> s.category().animal()).count();
            boolean folk = dice.chance(0.6);
            asked.add(crowd.number(
                    folk ? "how many people are in the picture?" : "how many animals are there?",
                    folk ? people : animals));
        } else {
            asked.add(crowd.number(
                    "how many " + kind.plural() + dice.pick(" are there?", " are in the picture?", " can you see?"),
                    count));
        }
    }

    private static String dressed(Seen seen) {
        Category c = seen.category();
        String noun = Lexicon.word(c);
        return c.person() ? noun + "'s " + (c == Category.WOMAN ? "dress" : "shirt") : noun;
    }

    private void colour() {
        Seen seen = one();
        Colour colour = seen.thing().colour();
        asked.add(crowd.ask(
                "what color is the " + dressed(seen) + "?",
                "what color is the",
                "other",
                colour.word(),
                scene.light() == Light.NIGHT ? 0.22 : 0.1,
                Lexicon.others(colour)));
    }

    private void colourCheck() {
        Seen seen = one();
        boolean yes = dice.chance(0.5);
        Colour truth = seen.thing().colour();
        Colour claimed = yes ? truth : Colour.values()[(truth.ordinal() + 1 + dice.below(7)) % 8];
        asked.add(crowd.yesNo("is the " + dressed(seen) + " " + claimed.word() + "?", "is the", yes, 0.06));
    }

    private void pattern() {
        Seen seen = one();
        Pattern pattern = seen.thing().pattern();
        if (dice.chance(0.4)) {
            boolean yes = pattern == Pattern.STRIPED;
            asked.add(crowd.yesNo("is the " + dressed(seen) + " striped?", "is the", yes, 0.06));
            return;
        }
        asked.add(crowd.ask(
                "what pattern is on the " + dressed(seen) + "?",
                "what",
                "other",
                Lexicon.word(pattern),
                0.25,
                Lexicon.others(pattern)));
    }

    private void relation() {
        List<Fact> theme = Narrator.theme(view);
        if (theme.isEmpty()
                || !unique(theme.get(0).subject())
                || !unique(theme.get(0).object())) {
            place();
            return;
        }
        Fact fact = theme.get(0);
        String a = Lexicon.word(fact.subject().category());
        String b = Lexicon.word(fact.object().category());
        List<String> otherB = Lexicon.others(fact.object().category());
        List<String> otherA = Lexicon.others(fact.subject().category());
        switch (fact.link()) {
            case RIDING -> object("what is the " + a + " riding?", "what is the", b, otherB);
            case HOLDING -> object("what is the " + a + dice.pick(" holding?", " carrying?"), "what is the", b, otherB);
            case FLYING -> object("what is the " + a + " flying?", "what is the", b, otherB);
            case ON -> {
                if (dice.chance(0.5)) {
                    object("what is the " + a + " on?", "what is the", b, otherB);
                } else {
                    object("what is on the " + b + "?", "what is on the", a, otherA);
                }
            }
            case ABOARD -> object("who is on the " + b + "?", "who is", a, otherA);
            case OVER -> object("what is above the " + b + "?", "what is", a, otherA);
            case BEHIND -> object("what is behind the " + b + "?", "what is", a, otherA);
            case LEFT, RIGHT -> side(fact, a, b);
        }
    }

    private void object(String text, String type, String truth, List<String> alternatives) {
        asked.add(crowd.ask(text, type, "other", truth, 0.16, alternatives));
    }

    private void side(Fact fact, String a, String b) {
        String side = fact.link() == Link.LEFT ? "left" : "right";
        if (a.equals(b)) {
            place();
        } else if (dice.chance(0.5)) {
            asked.add(crowd.ask(
                    "is the " + a + " left or right of the " + b + "?",
                    "is the",
                    "other",
                    side,
                    0.08,
                    List.of("left".equals(side) ? "right" : "left")));
        } else {
            boolean yes = dice.chance(0.5);
            String claimed = yes == "left".equals(side) ? "left" : "right";
            asked.add(crowd.yesNo("is the " + a + " to the " + claimed + " of the " + b + "?", "is the", yes, 0.08));
        }
    }

    private void place() {
        if (dice.chance(0.7)) {
            Place place = scene.place();
            asked.add(crowd.ask(
                    dice.pick("where is this?", "where was this picture taken?", "what place is this?"),
                    "where is this",
                    "other",
                    place.word(),
                    0.22,
                    Lexicon.others(place)));
        } else {
            asked.add(crowd.yesNo(
                    dice.pick("is this indoors?", "is this inside a house?"),
                    "is this",
                    scene.place().indoors(),
                    0.03));
        }
    }

    private void weather() {
        switch (dice.below(3)) {
            case 0 -> asked.add(crowd.yesNo("is it raining?", "is it", scene.weather() == Weather.RAIN, 0.04));
            case 1 -> {
                String time =
                        switch (scene.light()) {
                            case DAY -> "day";
                            case DUSK -> "evening";
                            case NIGHT -> "night";
                        };
                List<String> others = scene.light() == Light.DUSK ? List.of("sunset", "dusk") : List.of("evening");
                asked.add(crowd.ask("what time of day is it?", "what time", "other", time, 0.2, others));
            }
            default -> {
                if (scene.place().indoors()) {
                    asked.add(crowd.yesNo("is it night?", "is it", scene.light() == Light.NIGHT, 0.04));
                    return;
                }
                String sky =
                        switch (scene.weather()) {
                            case CLEAR -> scene.light() == Light.DAY ? "sunny" : "clear";
                            case CLOUDY -> "cloudy";
                            case RAIN -> "rainy";
                            case SNOW -> "snowy";
                            case FOG -> "foggy";
                        };
                List<String> others =
                        switch (scene.weather()) {
                            case CLEAR -> List.of("clear", "nice");
                            case CLOUDY -> List.of("overcast", "gray");
                            case RAIN -> List.of("raining", "wet");
                            case SNOW -> List.of("snowing", "cold");
                            case FOG -> List.of("cloudy", "misty");
                        };
                asked.add(crowd.ask("what is the weather like?", "what is the", "other", sky, 0.22, others));
            }
        }
    }

    private void action() {
        List<Fact> ties = Facts.ties(view);
        if (!ties.isEmpty() && ties.get(0).link() == Link.RIDING && dice.chance(0.6)) {
            Fact fact = ties.get(0);
            boolean yes = dice.chance(0.5);
            Category claimed = yes || fact.object().category() == Category.HORSE
                    ? yes ? fact.object().category() : Category.BICYCLE
                    : Category.HORSE;
            asked.add(crowd.yesNo(
                    "is the " + Lexicon.word(fact.subject().category()) + " riding " + article(claimed.word()) + "?",
                    "is the",
                    yes,
                    0.04));
            return;
        }
        Seen main = view.seen().get(0);
        boolean animate = main.category().person() || main.category().animal();
        if (dice.chance(0.5) && animate && main.category().habitat() == Habitat.GROUND) {
            List<String> others = Lexicon.others(main.category());
            String kind = main.category().person() ? "who is in the middle?" : "what animal is this?";
            asked.add(crowd.ask(
                    kind,
                    main.category().person() ? "who is" : "what animal is",
                    "other",
                    Lexicon.word(main.category()),
                    0.15,
                    others));
        } else {
            asked.add(crowd.ask(
                    "what is the main object?",
                    "what is the",
                    "other",
                    Lexicon.word(main.category()),
                    0.16,
                    Lexicon.others(main.category())));
        }
    }

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }
}
