package dev.glimpse.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneCameraTest {
    private static final double FPS = 2;

    /** Mean difference of the colour values of two pictures of one size, out of 255. */
    private static double difference(Picture a, Picture b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 255) - (b.rgb()[i] & 255));
        }
        return (double) sum / a.rgb().length;
    }

    @Test
    void sameSeedGivesTheSameFrames() {
        SceneCamera one = new SceneCamera(9, 96, 72, FPS);
        SceneCamera other = new SceneCamera(9, 96, 72, FPS);
        for (int i = 0; i < 40; i++) {
            Frame frame = one.next();
            assertThat(other.next().jpeg()).isEqualTo(frame.jpeg());
            assertThat(frame.truth().captions()).hasSize(5);
            assertThat(frame.truth().things()).isNotEmpty();
        }
    }

    @Test
    void picturesMoveWithoutBreakUntilTheSceneChangesAfterEightToFifteenSeconds() throws PictureException {
        SceneCamera camera = new SceneCamera(4, 96, 72, FPS);
        List<Integer> changes = new ArrayList<>(List.of(0));
        Picture before = PictureDecoder.decode(camera.next().jpeg());
        for (int i = 1; i < 50 * FPS; i++) {
            Picture after = PictureDecoder.decode(camera.next().jpeg());
            double difference = difference(before, after);
            assertThat(difference).isPositive();
            if (difference > 25) {
                changes.add(i);
            }
            before = after;
        }
        assertThat(changes).hasSizeBetween(4, 7);
        for (int i = 1; i < changes.size(); i++) {
            assertThat((changes.get(i) - changes.get(i - 1)) / FPS).isBetween(8.0, 15.5);
        }
    }

    @Test
    void boxesDriftWithinAScene() {
        SceneCamera camera = new SceneCamera(11, 160, 120, 20);
        SceneTruth.Visible before = camera.next().truth().things().get(0);
        for (int i = 1; i < 60; i++) {
            List<SceneTruth.Visible> things = camera.next().truth().things();
            SceneTruth.Visible main = before;
            SceneTruth.Visible after = things.stream()
                    .filter(t -> t.category().equals(main.category()) && t.box().iou(main.box()) > 0.5f)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(main + " vanished, seen are " + things));
            assertThat(after.attributes()).isEqualTo(before.attributes());
            before = after;
        }
    }

    @Test
    void rateAndSizeMustBeSound() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> new SceneCamera(1, 320, 240, 0))
                .withMessageContaining("positive frame rate, found 0.0");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> new SceneCamera(1, 8, 8, 5))
                .withMessageContaining("found 8 x 8");
    }
}
