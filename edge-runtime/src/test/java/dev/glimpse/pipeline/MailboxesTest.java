package dev.glimpse.pipeline;

import static dev.glimpse.pipeline.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxesTest {
    private final Mailboxes mailboxes = new Mailboxes(Frames.limits(2, 4));

    @Test
    void newestFramesWinWhenACameraIsFull() {
        assertThat(offer("a", 1)).isEmpty();
        assertThat(offer("a", 2)).isEmpty();
        assertThat(offer("a", 3)).containsExactly("1 SUPERSEDED");
        assertThat(drain()).containsExactly("a/2", "a/3");
    }

    @Test
    void cameraWithLargeFramesGetsFewerTurnsThanOneWithSmallOnes() {
        Mailboxes wide = new Mailboxes(new Limits(100, 8, 1, 65_536, 65_536, 1024, 2000, 60_000, 4));
        for (int i = 0; i < 20; i++) {
            wide.offer(frame("large", i, 3 * 65_536));
            wide.offer(frame("small", i, 8));
        }
        int small = 0;
        for (int i = 0; i < 20; i++) {
            small += wide.poll().orElseThrow().camera().equals("small") ? 1 : 0;
        }
        assertThat(small).as("of 20, at four times the cost").isBetween(15, 17);
    }

    @Test
    void oneCameraNeverPushesOutAnother() {
        offer("a", 1);
        for (int i = 2; i < 10; i++) {
            assertThat(offer("b", i)).noneMatch(skip -> skip.startsWith("1 "));
        }
        assertThat(drain()).contains("a/1");
    }

    @Test
    void camerasTakeTurns() {
        offer("a", 1);
        offer("a", 2);
        offer("b", 3);
        offer("b", 4);
        offer("c", 5);
        assertThat(drain()).containsExactly("a/1", "b/3", "c/5", "a/2", "b/4");
    }

    @Test
    void frameLargerThanACamerasBudgetIsOverload() {
        assertThat(skips(mailboxes.offer(frame("a", 1, 65 * 1024)))).containsExactly("1 OVERLOAD");
        assertThat(mailboxes.bytes()).isZero();
    }

    @Test
    void bytesOfACameraAreBoundedToo() {
        assertThat(skips(mailboxes.offer(frame("a", 1, 40 * 1024)))).isEmpty();
        assertThat(skips(mailboxes.offer(frame("a", 2, 40 * 1024)))).containsExactly("1 SUPERSEDED");
        assertThat(mailboxes.bytes()).isEqualTo(40 * 1024);
    }

    @Test
    void bytesOfAllCamerasAreBoundedAndTheArrivingFrameGivesWay() {
        for (int i = 0; i < 4; i++) {
            assertThat(skips(mailboxes.offer(frame("camera" + i, i, 64 * 1024))))
                    .isEmpty();
        }
        assertThat(skips(mailboxes.offer(frame("late", 9, 10)))).containsExactly("9 OVERLOAD");
        assertThat(mailboxes.frames()).isEqualTo(4);
    }

    @Test
    void withdrawnFramesLeaveNoTrace() {
        offer("a", 1);
        offer("b", 2);
        offer("a", 3);
        assertThat(mailboxes.withdraw(frame -> frame.camera().equals("a"))).hasSize(2);
        assertThat(drain()).containsExactly("b/2");
        assertThat(mailboxes.bytes()).isZero();
        assertThat(mailboxes.frames()).isZero();
    }

    @Test
    void closedMailboxesGiveOutWhatTheyHoldAndThenNothing() throws InterruptedException {
        offer("a", 1);
        mailboxes.close();
        assertThat(mailboxes.take()).isPresent();
        assertThat(mailboxes.take()).isEmpty();
    }

    private List<String> offer(String camera, long offset) {
        return skips(mailboxes.offer(frame(camera, offset, 10)));
    }

    private static List<String> skips(List<Mailboxes.Skip> skips) {
        return skips.stream()
                .map(skip -> skip.frame().position().offset() + " " + skip.reason())
                .toList();
    }

    private List<String> drain() {
        List<String> ids = new ArrayList<>();
        for (Optional<Frame> frame = mailboxes.poll(); frame.isPresent(); frame = mailboxes.poll()) {
            ids.add(frame.get().id());
        }
        return ids;
    }
}
