package dev.glimpse.scene.stage;

import static dev.glimpse.scene.thing.Category.*;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Colour;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.HeldOut;
import dev.glimpse.scene.thing.Light;
import dev.glimpse.scene.thing.Pattern;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Size;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import dev.glimpse.scene.thing.Weather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Seed in, scene out: a main thing near the middle, mostly something it has to do with, and a few others. */
public final class SceneComposer {
    private static final List<Category> GROUPS =
            List.of(SHEEP, COW, BIRD, DUCK, BALL, CHILD, DOG, CAR, TREE, BOAT, BOX, BALLOON, CUP, CAT, MAN, WOMAN);

    private final Dice dice;
    private final long seed;
    private final boolean compose;
    private final Place place;
    private final Light light;
    private final Weather weather;
    private final List<Thing> things = new ArrayList<>();

    private SceneComposer(long seed, boolean compose) {
        this.seed = seed;
        this.compose = compose;
        dice = new Dice(seed);
        place = Place.values()[dice.weighted(1.2, 1, 1.1, 1.1, 0.9, 0.8, 0.8)];
        light = place == Place.CITY ? Light.NIGHT : Light.values()[dice.weighted(6, 2, place.indoors() ? 1 : 1.4)];
        weather = weather();
    }

    /**
     * The scene of a seed.
     *
     * @param compose whether the main thing has a colour held out from training; otherwise no thing has
     */
    public static Scene compose(long seed, boolean compose) {
        SceneComposer composer = new SceneComposer(seed, compose);
        composer.fill();
        return new Scene(seed, composer.place, composer.light, composer.weather, composer.things);
    }

    private Weather weather() {
        return switch (place) {
            case ROOM -> Weather.CLEAR;
            case CITY -> Weather.values()[dice.weighted(5, 1, 2, 1, 0)];
            case MOUNTAIN -> Weather.values()[dice.weighted(4, 1.5, 0, 4, 1)];
            case BEACH -> Weather.values()[dice.weighted(6, 2, 1, 0, 0.6)];
            default -> Weather.values()[dice.weighted(5, 2, 1.8, 0.7, 1)];
        };
    }

    private void fill() {
        int target = 2 + dice.weighted(2.5, 4, 3, 2, 1);
        Category main = choose(c -> !compose || HeldOut.has(c));
        Thing first = main(main);
        if (dice.chance(0.9)) {
            new Company(this, dice, place).join(first);
        }
        if (things.size() < target && dice.chance(0.4)) {
            group(target);
        }
        for (int tries = 0; tries < 8 && things.size() < target; tries++) {
            other(choose(c -> c != KITE && c != first.category()), Size.values()[dice.weighted(1, 3, 1)], 0.88);
        }
    }

    private void group(int target) {
        List<Category> fitting = GROUPS.stream().filter(this::fits).toList();
        Category kind = dice.pick(fitting);
        Colour colour = colour(kind);
        for (int tries = 0; tries < 7 && things.size() < target; tries++) {
            other(kind, dice.chance(0.7) ? colour : colour(kind), Size.MEDIUM, 0.78);
        }
    }

    private boolean fits(Category kind) {
        return kind.livesIn(place) && (kind.habitat() != Habitat.WATER || place.hasWater() || kind == DUCK);
    }

    private Category choose(Predicate<Category> wanted) {
        List<Category> kinds = Arrays.stream(Category.values())
                .filter(this::fits)
                .filter(wanted)
                .toList();
        return kinds.get(
                dice.weighted(kinds.stream().mapToDouble(Category::weight).toArray()));
    }

    private Thing main(Category kind) {
        Size size = Size.values()[dice.weighted(0.7, 3, 2)];
        double x = dice.between(118, 202);
        double y;
        double scale;
        if (kind.habitat() == Habitat.SKY) {
            y = dice.between(84, 118);
            scale = 1.25 * size.factor();
        } else if (kind.habitat() == Habitat.WATER && place.hasWater()) {
            y = place.waterBottom() - dice.between(0, 8);
            scale = 1.1 * size.factor();
        } else {
            y = place.groundBottom() - dice.between(0, 0.3) * (place.groundBottom() - place.groundTop());
            scale = 1.22 * place.scaleAt(y) * size.factor();
        }
        scale *= Math.min(kind.width(), kind.height()) < 50 && kind.height() < 80 ? 1.35 : 1;
        scale = Math.min(scale, Math.min(190 / kind.width(), Math.min(176, y - 14) / kind.height()));
        Colour colour = compose ? HeldOut.colour(kind) : colour(kind);
        return add(kind, colour, size, x, y, scale, Tie.NONE, -1, dice.chance(0.5) ? 0.35 : 0);
    }

    /** Puts another thing where there is room, if there is. */
    void other(Category kind, Size size, double shrink) {
        other(kind, colour(kind), size, shrink);
    }

    private void other(Category kind, Colour colour, Size size, double shrink) {
        for (int tries = 0; tries < 14; tries++) {
            double x = dice.between(26, 294);
            double y;
            double scale;
            if (kind.habitat() == Habitat.SKY) {
                y = dice.between(48, Math.max(60, place.horizon() - 14));
                scale = dice.between(0.8, 1);
            } else if (kind.habitat() == Habitat.WATER && place.hasWater()) {
                y = dice.between(place.waterTop(), place.waterBottom());
                scale = 0.62 + 0.4 * (y - place.waterTop()) / (place.waterBottom() - place.waterTop());
            } else {
                y = dice.between(place.groundTop(), place.groundBottom() - 8);
                scale = place.scaleAt(y);
            }
            scale = Math.max(scale * shrink * size.factor(), 32 / Math.min(kind.width(), kind.height()));
            scale = Math.min(scale, Math.min(120 / kind.width(), Math.min(120, y - 6) / kind.height()));
            if (room(kind, x, y, scale)) {
                add(kind, colour, size, x, y, scale, Tie.NONE, -1, dice.chance(0.45) ? 0.6 : 0);
                return;
            }
        }
    }

    private boolean room(Category kind, double x, double y, double scale) {
        double w = kind.width() * scale;
        double h = kind.height() * scale;
        for (Thing t : things) {
            double tw = t.category().width() * t.scale();
            double th = t.category().height() * t.scale();
            double across = Math.min(x + w / 2, t.x() + tw / 2) - Math.max(x - w / 2, t.x() - tw / 2);
            double along = Math.min(y, t.y()) - Math.max(y - h, t.y() - th);
            if (across > 0 && along > 0 && across * along > 0.16 * Math.min(w * h, tw * th)) {
                return false;
            }
        }
        return true;
    }

    /** A colour in which this kind may be shown. */
    Colour colour(Category kind) {
        List<Colour> free =
                kind.colours().stream().filter(c -> !HeldOut.contains(kind, c)).toList();
        return dice.pick(free);
    }

    /** Adds a thing; {@code pace} is the share of its kind's speed at which it goes, 0 for one that stays. */
    Thing add(
            Category kind, Colour colour, Size size, double x, double y, double scale, Tie tie, int host, double pace) {
        int id = things.size();
        boolean left = dice.chance(0.5);
        Pattern pattern = Pattern.values()[dice.weighted(6, 2, 1.4, 1.2)];
        double speed = kind.speed() * pace * dice.between(0.6, 1) * (left ? -1 : 1);
        double phase = dice.between(0, 2 * Math.PI);
        Thing thing = new Thing(
                id,
                kind,
                dice.below(3),
                colour,
                pattern,
                size,
                left,
                x,
                y,
                scale,
                tie == Tie.NONE ? speed : 0,
                phase,
                tie,
                host < 0 ? id : host);
        things.add(thing);
        return thing;
    }

    /** Replaces a thing by one that differs, with the same id. */
    void replace(Thing thing) {
        things.set(thing.id(), thing);
    }
}
