package dev.glimpse.scene.stage;

import static dev.glimpse.scene.thing.Category.*;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.Place;
import dev.glimpse.scene.thing.Size;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import java.util.Arrays;
import java.util.List;

/** Gives the main thing of a scene its company: a mount, a load, a seat, a crew, a neighbour. */
final class Company {
    private static final List<Category> MOUNTS = List.of(HORSE, BICYCLE, BICYCLE, ELEPHANT, HORSE);
    private static final List<Category> LOADS = List.of(UMBRELLA, UMBRELLA, BOX, GUITAR, SURFBOARD, PLANT, BALL);
    private static final List<Category> SEATS = List.of(BENCH, SOFA, CHAIR, TABLE, BOX);
    private static final List<Category> SMALL = List.of(CUP, BOTTLE, CLOCK, PLANT, CAT, BOX);

    private final SceneComposer scene;
    private final Dice dice;
    private final Place place;

    Company(SceneComposer scene, Dice dice, Place place) {
        this.scene = scene;
        this.dice = dice;
        this.place = place;
    }

    void join(Thing main) {
        Category kind = main.category();
        boolean done = false;
        if (kind.person()) {
            done = switch (dice.weighted(3, 3, 2, 2)) {
                case 0 -> hold(main);
                case 1 -> fly(main);
                case 2 -> sit(main);
                default -> false;
            };
        } else if (MOUNTS.contains(kind) && dice.chance(0.55)) {
            done = ride(main);
        } else if (kind == BOAT && dice.chance(0.55)) {
            done = sail(main);
        } else if ((kind == TABLE || kind == BOX) && dice.chance(0.8)) {
            done = load(
                    main,
                    dice.pick(SMALL.stream()
                            .filter(c -> c != kind && c.livesIn(place))
                            .toList()));
        } else if (SEATS.contains(kind) && dice.chance(0.7)) {
            done = load(main, dice.pick(CAT, DOG, MAN, WOMAN, CHILD, CAT));
        } else if ((kind == CAT || kind == DOG) && dice.chance(0.4)) {
            done = sit(main);
        }
        if (!done) {
            neighbour(main);
        }
    }

    private boolean hold(Thing person) {
        List<Category> loads = LOADS.stream().filter(c -> c.livesIn(place)).toList();
        Category load = dice.pick(loads);
        double scale = person.scale() * (load == UMBRELLA ? 0.95 : 0.72);
        scene.add(load, scene.colour(load), Size.MEDIUM, person.x(), person.y(), scale, Tie.HELD, person.id(), 0);
        return true;
    }

    private boolean fly(Thing person) {
        if (!KITE.livesIn(place)) {
            return hold(person);
        }
        double x = person.x() + dice.between(70, 95) * (person.x() > 160 ? -1 : 1);
        double y = dice.between(70, 84);
        scene.add(KITE, scene.colour(KITE), Size.MEDIUM, x, y, 0.95, Tie.STRING, person.id(), 0);
        return true;
    }

    /** Puts the main thing on a seat, which is added after it and so must be swapped with it. */
    private boolean sit(Thing sitter) {
        List<Category> seats = SEATS.stream()
                .filter(c -> c.livesIn(place) && (!sitter.category().person() || (c != TABLE && c != BOX)))
                .toList();
        if (seats.isEmpty()) {
            return false;
        }
        Category seat = dice.pick(seats);
        double y = Math.min(sitter.y(), 222);
        double scale = 1.12 * place.scaleAt(y);
        Thing host = scene.add(seat, scene.colour(seat), Size.MEDIUM, sitter.x(), y, scale, Tie.NONE, -1, 0);
        Thing seated = new Thing(
                host.id(),
                sitter.category(),
                sitter.variant(),
                sitter.colour(),
                sitter.pattern(),
                sitter.size(),
                sitter.left(),
                sitter.x() + dice.between(-0.16, 0.16) * host.category().width(),
                y,
                Math.min(sitter.scale(), scale * 1.05),
                0,
                sitter.phase(),
                Tie.ON,
                0);
        scene.replace(new Thing(
                0,
                seat,
                host.variant(),
                host.colour(),
                host.pattern(),
                host.size(),
                host.left(),
                host.x(),
                host.y(),
                host.scale(),
                0,
                host.phase(),
                Tie.NONE,
                0));
        scene.replace(seated);
        return true;
    }

    private boolean ride(Thing mount) {
        Category rider = dice.pick(MAN, WOMAN, CHILD);
        double scale = Math.min(1.1, mount.scale() * (mount.category() == ELEPHANT ? 0.72 : 0.86));
        double head = mount.y() - mount.category().height() * mount.scale() * 0.9 - rider.height() * scale * 0.6;
        if (head < 2) {
            return false;
        }
        scene.add(rider, scene.colour(rider), Size.MEDIUM, mount.x(), mount.y(), scale, Tie.RIDING, mount.id(), 0);
        return true;
    }

    private boolean sail(Thing boat) {
        Category sailor = dice.pick(MAN, WOMAN, CHILD, DOG);
        double scale = boat.scale() * (sailor == DOG ? 0.62 : 0.56);
        double x = boat.x() - boat.category().width() * boat.scale() * 0.2;
        scene.add(sailor, scene.colour(sailor), Size.MEDIUM, x, boat.y(), scale, Tie.ABOARD, boat.id(), 0);
        return true;
    }

    private boolean load(Thing host, Category load) {
        boolean large = load.person() || load.animal();
        double shift = dice.between(-0.2, 0.2) * host.category().width() * host.scale();
        double scale = host.scale() * (large ? 0.9 : 0.8);
        scale = Math.max(scale, 33 / Math.min(load.width(), load.height()));
        scene.add(load, scene.colour(load), Size.MEDIUM, host.x() + shift, host.y(), scale, Tie.ON, host.id(), 0);
        return true;
    }

    /** Something beside, behind or above the main thing. */
    private void neighbour(Thing main) {
        List<Category> kinds = Arrays.stream(Category.values())
                .filter(c -> c.livesIn(place) && c != KITE && c != main.category())
                .filter(c -> c.habitat() != Habitat.WATER || place.hasWater())
                .toList();
        Category kind = kinds.get(
                dice.weighted(kinds.stream().mapToDouble(Category::weight).toArray()));
        boolean behind =
                kind.habitat() == Habitat.GROUND && main.category().habitat() == Habitat.GROUND && dice.chance(0.35);
        if (!behind) {
            scene.other(kind, Size.values()[dice.weighted(1, 3, 1.4)], 0.96);
            return;
        }
        double y = place.groundTop() + dice.between(0.05, 0.4) * (main.y() - place.groundTop());
        double scale = Math.max(place.scaleAt(y), 32 / Math.min(kind.width(), kind.height()));
        scale = Math.min(scale, Math.min(140 / kind.width(), Math.min(130, y - 6) / kind.height()));
        double reach = 0.5 * main.category().width() * main.scale() + 0.22 * kind.width() * scale;
        double x = main.x() + reach * (dice.chance(0.5) ? 1 : -1);
        scene.add(kind, scene.colour(kind), Size.MEDIUM, x, y, scale, Tie.NONE, -1, 0);
    }
}
