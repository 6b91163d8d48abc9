package dev.glimpse.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final long HALF_SECOND = 500_000_000;
    private static final LadderSettings SETTINGS = new LadderSettings(5, 3, 1000, 5, 1000, 60, 2000);

    private final List<String> changes = new ArrayList<>();
    private final Ladder ladder =
            new Ladder(SETTINGS, 0, (from, to, why) -> changes.add(from.number() + ">" + to.number()));
    private long now;

    /** One window of a hundred frames. */
    private void window(int lost, int busyPercent) {
        for (int i = 0; i < 100; i++) {
            ladder.received();
        }
        for (int i = 0; i < lost; i++) {
            ladder.lost();
        }
        ladder.busy(HALF_SECOND * busyPercent / 100);
        now += HALF_SECOND;
        ladder.tick(now);
    }

    private void windows(int count, int lost, int busyPercent) {
        for (int i = 0; i < count; i++) {
            window(lost, busyPercent);
        }
    }

    @Test
    void itStepsDownOneRungAtATimeWhileFramesAreLost() {
        windows(2, 50, 100);
        assertThat(ladder.level()).isEqualTo(Level.FEWER_CAPTIONS);
        windows(2, 50, 100);
        assertThat(changes).containsExactly("0>1", "1>2");
    }

    @Test
    void oneBadMomentChangesNothing() {
        window(50, 100);
        windows(10, 0, 90);
        window(50, 100);
        assertThat(changes).isEmpty();
    }

    @Test
    void levelThatJustFitsKeeps() {
        windows(2, 50, 100);
        windows(100, 0, 90);
        assertThat(changes).containsExactly("0>1");
    }

    @Test
    void itStepsUpOneRungAtATimeWhenThereIsRoom() {
        windows(4, 50, 100);
        windows(4, 0, 30);
        assertThat(changes).containsExactly("0>1", "1>2", "2>1");
        windows(4, 0, 30);
        assertThat(ladder.level()).isEqualTo(Level.FULL);
        windows(8, 0, 0);
        assertThat(changes).hasSize(4);
    }

    @Test
    void itNeverGoesBelowTheLowestRungAllowed() {
        Ladder two = new Ladder(new LadderSettings(2, 3, 1000, 5, 500, 60, 2000), 0, (from, to, why) -> {});
        for (int i = 1; i < 20; i++) {
            two.received();
            two.lost();
            two.tick(i * HALF_SECOND);
        }
        assertThat(two.level().number()).isEqualTo(2);
    }

    @Test
    void everyNthFrameOfEachCameraIsCaptionedAndOnLowerRungsLookedAt() {
        Rations rations = new Rations(SETTINGS);
        List<Boolean> words = new ArrayList<>();
        List<Boolean> looks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            words.add(rations.captions("a", Level.FEWER_CAPTIONS));
            looks.add(rations.admits("a", Level.FEWER_FRAMES, 0));
            assertThat(rations.captions("b", Level.FULL)).isTrue();
            assertThat(rations.captions("b", Level.NO_CAPTIONS)).isFalse();
            assertThat(rations.admits("b", Level.NO_CAPTIONS, 0)).isTrue();
        }
        assertThat(words).containsExactly(true, false, false, true, false, false);
        assertThat(looks).isEqualTo(words);
    }

    @Test
    void everyCameraHasItsTurn() {
        Rations rations = new Rations(SETTINGS);
        for (int camera = 0; camera < 6; camera++) {
            int turns = 0;
            for (int turn = 0; turn < 3; turn++) {
                boolean served = false;
                for (int frame = 0; frame < 3; frame++) {
                    served |= rations.admits("camera" + camera, Level.TURNS, turn * 1000L);
                }
                turns += served ? 1 : 0;
            }
            assertThat(turns).as("turns of camera %d in three", camera).isEqualTo(1);
        }
    }
}
