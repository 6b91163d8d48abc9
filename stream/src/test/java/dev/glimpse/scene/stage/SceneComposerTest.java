package dev.glimpse.scene.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.thing.HeldOut;
import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SceneComposerTest {
    private static boolean heldOut(Thing thing) {
        return HeldOut.contains(thing.category(), thing.colour());
    }

    @Test
    void sameSeedGivesTheSameSceneAndAnotherSeedAnother() {
        assertThat(SceneComposer.compose(5, false)).isEqualTo(SceneComposer.compose(5, false));
        assertThat(SceneComposer.compose(5, false)).isNotEqualTo(SceneComposer.compose(6, false));
    }

    @Test
    void heldOutPairsAreInEveryComposeSceneAndInNoOther() {
        for (int seed = 0; seed < 1000; seed++) {
            assertThat(SceneComposer.compose(seed, false).things()).noneMatch(SceneComposerTest::heldOut);
            assertThat(SceneComposer.compose(seed, true).things()).anyMatch(SceneComposerTest::heldOut);
        }
    }

    @Test
    void everyKindAndTieOccurs() {
        Set<Category> kinds = EnumSet.noneOf(Category.class);
        Set<Tie> ties = EnumSet.noneOf(Tie.class);
        for (int seed = 0; seed < 1000; seed++) {
            for (Thing thing : SceneComposer.compose(seed, false).things()) {
                kinds.add(thing.category());
                ties.add(thing.tie());
            }
        }
        assertThat(kinds).hasSize(Category.values().length).hasSizeGreaterThanOrEqualTo(24);
        assertThat(ties).containsExactlyInAnyOrder(Tie.values());
    }

    @Test
    void thingsThatStandForThemselvesAreWhereTheirKindIsFound() {
        for (int seed = 0; seed < 1000; seed++) {
            Scene scene = SceneComposer.compose(seed, false);
            assertThat(scene.things()).allMatch(t -> t.category().livesIn(scene.place()) || t.tie() != Tie.NONE);
        }
    }

    @Test
    void worldIsThatOfItsVersion() {
        StringBuilder world = new StringBuilder();
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = SceneComposer.compose(seed, seed % 2 == 1);
            world.append(scene.place()).append(scene.light()).append(scene.weather());
            scene.things().forEach(t -> world.append(t.category())
                    .append(t.colour())
                    .append(t.pattern())
                    .append(t.tie()));
        }
        // Another number means other data from the same seed: raise DatasetWriter.VERSION with it.
        assertThat(world.toString().hashCode()).isEqualTo(1284133713);
    }
}
