package dev.glimpse.scene.caption;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.view.Seen;

/** Noun phrases with articles, verbs for what a thing does, and words for links. */
final class Phrases {
    private final Dice dice;
    private final Words words;

    Phrases(Dice dice) {
        this.dice = dice;
        words = new Words(dice);
    }

    Words words() {
        return words;
    }

    /** "a large striped red car"; detail 0 leaves all adjectives out, 1 gives the colour, 2 size and pattern as well. */
    String a(Seen seen, int detail) {
        return article(bare(seen, detail));
    }

    /** "large striped red car". */
    String bare(Seen seen, int detail) {
        Thing thing = seen.thing();
        if (detail == 0) {
            return words.noun(thing.category());
        }
        String pattern = detail > 1 || dice.chance(0.3) ? words.pattern(thing.pattern()) : "";
        String size = detail > 1 && !thing.category().person() ? words.size(thing.size()) : "";
        String colour = words.colour(thing.colour());
        if (!thing.category().person()) {
            String mind = detail > 1 ? words.fancy(thing.category()) : "";
            return join(mind, size, pattern, colour, words.noun(thing.category()));
        }
        String garment = thing.category() == Category.WOMAN ? "dress" : "shirt";
        String noun = words.noun(thing.category());
        if (detail == 1 && dice.chance(0.12)) {
            return join(noun, "in", colour);
        }
        String mind = detail > 1 ? words.fancy(thing.category()) : "";
        return join(mind, noun, "in", article(join(pattern, colour, garment)));
    }

    static String article(String phrase) {
        return ("aeiou".indexOf(phrase.charAt(0)) >= 0 ? "an " : "a ") + phrase;
    }

    /** The words that are not empty, with a space between. */
    static String join(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(part);
            }
        }
        return text.toString();
    }

    /** What a thing does by itself: "walking", "parked". */
    String doing(Seen seen) {
        boolean moves = seen.thing().moves();
        Category c = seen.category();
        return switch (c) {
            case MAN, WOMAN, CHILD ->
                moves ? dice.tail("walking", "strolling", "going", "hurrying", "wandering") : "standing";
            case CAR, BUS, TRUCK ->
                moves ? dice.tail("driving", "moving", "rolling", "traveling") : dice.tail("parked", "standing");
            case BIRD, AIRPLANE -> dice.tail("flying", "soaring", "gliding", "hovering");
            case BALLOON -> dice.tail("floating", "drifting", "flying");
            case BOAT -> dice.tail("sailing", "floating");
            case DUCK -> dice.tail("swimming", "floating");
            case DOG ->
                moves ? dice.tail("running", "walking", "trotting", "jogging") : dice.tail("standing", "waiting");
            case CAT -> dice.tail("sitting", "resting");
            case HORSE, COW, SHEEP, ELEPHANT, GIRAFFE ->
                moves ? dice.tail("walking", "wandering") : dice.tail("standing", "grazing");
            case CRAB -> moves ? "crawling" : "resting";
            case BICYCLE -> moves ? "rolling" : "parked";
            case BALL -> seen.thing().variant() == 2 ? "lying" : dice.tail("bouncing", "jumping");
            case KITE -> "flying";
            default -> "standing";
        };
    }

    /** Words of a link, to stand between subject and object. */
    String link(Fact fact) {
        Category object = fact.object().category();
        return switch (fact.link()) {
            case RIDING -> dice.tail("riding", "riding on", "on");
            case HOLDING ->
                switch (object) {
                    case UMBRELLA -> dice.tail("holding", "carrying", "with", "under");
                    case GUITAR -> dice.tail("playing", "holding", "with");
                    default -> dice.tail("carrying", "holding", "with");
                };
            case FLYING -> dice.tail("flying", "playing with", "with");
            case ON ->
                fact.subject().category().person() || fact.subject().category().animal()
                        ? dice.tail("sitting on", "resting on", "on", "perched on", "seated on")
                        : dice.tail("on", "on top of", "standing on");
            case ABOARD -> dice.tail("sailing", "on", "in", "aboard");
            case OVER -> dice.tail(doing(fact.subject()) + " over", "above", "flying above");
            case BEHIND -> dice.tail("behind", "in back of");
            case LEFT, RIGHT ->
                near(fact)
                        ? dice.tail("next to", "beside", "near", "by", "alongside", "close to")
                        : dice.tail("near", "next to", "by", "not far from", "some way from");
        };
    }

    /** Words of a link that say the side as well. */
    String exactLink(Fact fact) {
        return switch (fact.link()) {
            case LEFT -> dice.tail("to the left of", "left of", "on the left of");
            case RIGHT -> dice.tail("to the right of", "right of", "on the right of");
            default -> link(fact);
        };
    }

    /** Words of the link read from the object to the subject; empty where there are none. */
    String inverse(Fact fact) {
        return switch (fact.link()) {
            case OVER -> dice.tail("below", "under", "beneath", "underneath");
            case BEHIND -> "in front of";
            case LEFT, RIGHT -> link(fact);
            default -> "";
        };
    }

    private static boolean near(Fact fact) {
        double gap = Math.max(fact.subject().box().x1(), fact.object().box().x1())
                - Math.min(fact.subject().box().x2(), fact.object().box().x2());
        return gap
                < 0.25
                        * Math.max(
                                fact.subject().box().width(),
                                fact.object().box().width());
    }
}
