package dev.glimpse.scene.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.box.Box;
import dev.glimpse.scene.stage.SceneComposer;
import dev.glimpse.scene.thing.Scene;
import org.junit.jupiter.api.Test;

class StudioTest {
    private static final int SCENES = 20;

    private static View view(long seed) {
        return new Studio(SceneComposer.compose(seed, false), 320, 240).shoot(2).view();
    }

    @Test
    void boxesLieInThePictureAndHoldTheVisiblePixels() {
        for (int seed = 0; seed < SCENES; seed++) {
            for (Seen seen : view(seed).seen()) {
                Box box = seen.box();
                assertThat(box).isEqualTo(box.clip(320, 240));
                assertThat((float) seen.area()).isBetween(1f, box.area());
                assertThat(seen.share()).isBetween(Studio.MIN_SHARE, 1.0);
            }
        }
    }

    @Test
    void mostSalientComesFirst() {
        for (int seed = 0; seed < SCENES; seed++) {
            assertThat(view(seed).seen()).isSortedAccordingTo((a, b) -> Double.compare(b.salience(), a.salience()));
        }
    }

    @Test
    void halfTheSizeShowsTheSameThingsAtHalfTheBoxes() {
        int same = 0;
        for (int seed = 0; seed < SCENES; seed++) {
            Scene scene = SceneComposer.compose(seed, false);
            View large = new Studio(scene, 320, 240).shoot(1).view();
            View small = new Studio(scene, 160, 120).shoot(1).view();
            for (Seen a : large.seen()) {
                for (Seen b : small.seen()) {
                    if (a.thing().equals(b.thing())) {
                        assertThat(a.box().scale(0.5f, 0.5f).iou(b.box())).isGreaterThan(0.75f);
                        same++;
                    }
                }
            }
        }
        assertThat(same).isGreaterThan(2 * SCENES);
    }
}
