package dev.glimpse.scene.caption;

import dev.glimpse.scene.thing.Habitat;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import dev.glimpse.scene.view.Seen;
import dev.glimpse.scene.view.View;
import java.util.ArrayList;
import java.util.List;

/** Finds out how the things in a picture stand to each other. */
public final class Facts {
    private Facts() {}

    /** What binds things to each other: riding, holding and the like; strongest draw on the eye first. */
    public static List<Fact> ties(View view) {
        List<Fact> facts = new ArrayList<>();
        for (Seen bearer : view.seen()) {
            for (Seen borne : view.seen()) {
                Thing thing = borne.thing();
                if (borne != bearer
                        && thing.tie() != Tie.NONE
                        && thing.host() == bearer.thing().id()) {
                    facts.add(tie(bearer, borne));
                }
            }
        }
        return facts;
    }

    private static Fact tie(Seen bearer, Seen borne) {
        return switch (borne.thing().tie()) {
            case RIDING -> new Fact(borne, Link.RIDING, bearer);
            case ON -> new Fact(borne, Link.ON, bearer);
            case ABOARD -> new Fact(borne, Link.ABOARD, bearer);
            case HELD -> new Fact(bearer, Link.HOLDING, borne);
            case STRING -> new Fact(bearer, Link.FLYING, borne);
            case NONE -> throw new IllegalArgumentException("not tied: " + borne);
        };
    }

    /** How a thing stands in space to another that it is not bound to. */
    public static Fact between(Seen a, Seen b) {
        boolean aFlies = a.category().habitat() == Habitat.SKY;
        boolean bFlies = b.category().habitat() == Habitat.SKY;
        double overlap = Math.min(a.box().x2(), b.box().x2())
                - Math.max(a.box().x1(), b.box().x1());
        double least = Math.min(a.box().width(), b.box().width());
        if (aFlies != bFlies && overlap > -0.2 * least) {
            return aFlies ? new Fact(a, Link.OVER, b) : new Fact(b, Link.OVER, a);
        }
        double depth = a.pose().y() - b.pose().y();
        if (!aFlies && !bFlies && overlap > 0.3 * least && Math.abs(depth) > 8) {
            return depth < 0 ? new Fact(a, Link.BEHIND, b) : new Fact(b, Link.BEHIND, a);
        }
        return new Fact(a, a.middle() < b.middle() ? Link.LEFT : Link.RIGHT, b);
    }
}
