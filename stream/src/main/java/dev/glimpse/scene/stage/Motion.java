package dev.glimpse.scene.stage;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where every thing of a scene is at a time: walks, drives, flies, bobs and bounces. */
public final class Motion {
    private static final double WEST = 34;
    private static final double EAST = 286;

    private Motion() {}

    /**
     * Poses of all things, farthest first, which is the order to draw them in.
     *
     * @param seconds since the scene began
     */
    public static List<Pose> poses(Scene scene, double seconds) {
        List<Pose> byId = new ArrayList<>();
        for (Thing thing : scene.things()) {
            byId.add(thing.tie() == Tie.NONE ? free(thing, seconds) : tied(thing, byId.get(thing.host()), scene));
        }
        List<Pose> holding = new ArrayList<>(byId);
        for (Thing thing : scene.things()) {
            if (thing.tie() == Tie.HELD || thing.tie() == Tie.STRING) {
                Pose p = holding.get(thing.host());
                holding.set(
                        thing.host(),
                        new Pose(p.thing(), p.x(), p.y(), p.scale(), p.left(), p.phase(), p.lift(), Posture.HOLDING));
            }
        }
        List<Pose> order = new ArrayList<>(holding);
        order.sort(Comparator.comparingDouble(p -> depth(p, holding)));
        return order;
    }

    /** Sky is farthest, then what stands far; a thing on another comes right after it. */
    private static double depth(Pose pose, List<Pose> byId) {
        Thing thing = pose.thing();
        return switch (thing.tie()) {
            case NONE -> thing.category().habitat() == Habitat.SKY ? -1000 + thing.y() : thing.y() + thing.id() * 1e-3;
            case STRING -> -1000 + thing.y();
            case ABOARD, RIDING, ON, HELD -> depth(byId.get(thing.host()), byId) + 1e-4 * thing.id();
        };
    }

    private static Pose free(Thing thing, double seconds) {
        double start = Math.max(WEST, Math.min(EAST, thing.x()));
        double way = start - WEST + thing.speed() * seconds;
        double span = EAST - WEST;
        double folded = way - 2 * span * Math.floor(way / (2 * span));
        boolean back = folded > span;
        double x = thing.moves() ? WEST + (back ? 2 * span - folded : folded) : thing.x();
        boolean left = thing.moves() ? back == thing.speed() > 0 : thing.left();
        double phase = thing.phase() + seconds * (thing.moves() ? gait(thing) : 1.2);
        double lift = lift(thing, phase);
        return new Pose(thing, x, thing.y() - lift, thing.scale(), left, phase, lift, posture(thing));
    }

    private static Posture posture(Thing thing) {
        return thing.moves() ? Posture.WALKING : Posture.STANDING;
    }

    private static double gait(Thing thing) {
        return switch (thing.category()) {
            case CAR, TRUCK, BUS, BICYCLE -> Math.abs(thing.speed()) / 10;
            case BIRD -> 9;
            default -> 6;
        };
    }

    private static double lift(Thing thing, double phase) {
        return switch (thing.category()) {
            case BALL -> thing.variant() == 2 ? 0 : 30 * thing.scale() * Math.abs(Math.sin(phase * 1.6));
            case BIRD -> 4 * Math.sin(phase * 0.4);
            case AIRPLANE, BALLOON, KITE -> 3 * Math.sin(phase * 0.7);
            case BOAT, DUCK -> 1.6 * Math.sin(phase * 0.5);
            default -> 0;
        };
    }

    private static Pose tied(Thing thing, Pose host, Scene scene) {
        Thing bearer = scene.things().get(thing.host());
        double dx = thing.x() - bearer.x();
        Category on = bearer.category();
        return switch (thing.tie()) {
            case RIDING -> {
                double seat = host.y() - host.height() * Seats.saddle(on);
                double y = seat + 0.42 * thing.category().height() * thing.scale();
                yield place(thing, host, host.x() + host.side() * host.width() * Seats.back(on), y, Posture.SITTING);
            }
            case ON -> {
                boolean sits = thing.category().person();
                double seat = host.y() - host.height() * Seats.top(on);
                double y = seat + (sits ? 0.36 * thing.category().height() * thing.scale() : 1);
                Pose p = place(thing, host, host.x() + dx, y, sits ? Posture.SITTING : Posture.STANDING);
                yield new Pose(thing, p.x(), p.y(), p.scale(), thing.left(), p.phase(), 0, p.posture());
            }
            case HELD -> {
                double hand = Seats.reach(thing.category());
                double x = host.x() + host.side() * host.width() * hand;
                double y = host.y() - host.height() * Seats.grip(thing.category());
                yield place(thing, host, x, y, Posture.STANDING);
            }
            case ABOARD -> place(thing, host, host.x() + dx, host.y() - host.height() * 0.25, Posture.STANDING);
            case STRING -> {
                double sway = 5 * Math.sin(host.phase() * 0.8);
                Pose p = place(thing, host, host.x() + dx + sway, thing.y() + sway * 0.5, Posture.STANDING);
                yield new Pose(thing, p.x(), p.y(), p.scale(), p.left(), p.phase(), 60, p.posture());
            }
            case NONE -> throw new IllegalArgumentException("not tied: " + thing);
        };
    }

    private static Pose place(Thing thing, Pose host, double x, double y, Posture posture) {
        return new Pose(thing, x, y, thing.scale(), host.left(), host.phase() + thing.phase(), 0, posture);
    }
}
