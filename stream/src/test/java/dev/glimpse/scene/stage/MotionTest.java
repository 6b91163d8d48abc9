package dev.glimpse.scene.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.scene.thing.Scene;
import dev.glimpse.scene.thing.Thing;
import dev.glimpse.scene.thing.Tie;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotionTest {
    private static final double STEP = 0.02;

    private static Pose pose(List<Pose> poses, int id) {
        return poses.stream().filter(p -> p.thing().id() == id).findFirst().orElseThrow();
    }

    @Test
    void nothingJumps() {
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = SceneComposer.compose(seed, false);
            for (double t = 0; t < 15; t += 0.5) {
                List<Pose> before = Motion.poses(scene, t);
                List<Pose> after = Motion.poses(scene, t + STEP);
                for (Thing thing : scene.things()) {
                    Pose a = pose(before, thing.id());
                    Pose b = pose(after, thing.id());
                    if (thing.tie() == Tie.NONE) {
                        // at most 34 units a second along; a ball falls with at most 300
                        assertThat(Math.abs(b.x() - a.x())).isLessThanOrEqualTo(34 * STEP + 1e-9);
                        assertThat(Math.abs(b.y() - a.y())).isLessThan(300 * STEP);
                    }
                }
            }
        }
    }

    @Test
    void thingsLookWhereTheyGo() {
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = SceneComposer.compose(seed, false);
            List<Pose> before = Motion.poses(scene, 3);
            List<Pose> after = Motion.poses(scene, 3 + 1e-4);
            for (Thing thing : scene.things()) {
                double way =
                        pose(after, thing.id()).x() - pose(before, thing.id()).x();
                if (thing.moves()) {
                    assertThat(way < 0).isEqualTo(pose(before, thing.id()).left());
                }
            }
        }
    }

    @Test
    void ridersKeepTheirSeat() {
        int riders = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Scene scene = SceneComposer.compose(seed, false);
            List<Pose> poses = Motion.poses(scene, 7);
            for (Pose rider : poses) {
                if (rider.thing().tie() == Tie.RIDING) {
                    Pose host = pose(poses, rider.thing().host());
                    assertThat(rider.posture()).isEqualTo(Posture.SITTING);
                    assertThat(Math.abs(rider.x() - host.x())).isLessThan(host.width() / 4);
                    assertThat(poses.indexOf(rider)).isGreaterThan(poses.indexOf(host));
                    riders++;
                }
            }
        }
        assertThat(riders).isPositive();
    }
}
