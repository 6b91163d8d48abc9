package dev.glimpse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Partition P = new Partition("frames", 0);
    private static final Partition Q = new Partition("frames", 1);

    private final Ledger<String> ledger = new Ledger<>(outcome -> outcome.startsWith("skip"));

    @Test
    void prefixEndsBeforeTheFirstUnfinishedRecord() {
        int epoch = ledger.assign(P, 10);
        deliver(P, 10, 11, 12);
        finish(P, epoch, 10, 12);

        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 11, List.of("10")));
    }

    @Test
    void outcomesLeaveInTheOrderOfOffsetsWhateverTheOrderOfWork() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1, 2, 3);
        finish(P, epoch, 3, 1, 0, 2);

        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 4, List.of("0", "1", "2", "3")));
    }

    @Test
    void stretchPassedOverIsOneOutcomeAndCommitsToItsEnd() {
        int epoch = ledger.assign(P, 5);
        deliver(P, 5);
        assertThat(ledger.pass(new Position(P, 6), 99, "6-99")).isTrue();
        assertThat(ledger.deliver(new Position(P, 50)))
                .as("a record inside the stretch")
                .isFalse();
        assertThat(ledger.beyond(new Position(P, 50))).hasValue(100);
        deliver(P, 100);
        finish(P, epoch, 100, 5);

        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 101, List.of("5", "6-99", "100")));
    }

    @Test
    void lightOutcomesAreCountedApartUntilTheyAreCommitted() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1, 2);
        ledger.finish(new Position(P, 0), epoch, "skip");
        ledger.finish(new Position(P, 1), epoch, "caption");
        ledger.pass(new Position(P, 3), 9, "skip of seven");
        assertThat(ledger.size()).isEqualTo(4);
        assertThat(ledger.heavy()).isEqualTo(2);

        ledger.rewind(P);
        assertThat(ledger.heavy()).as("outcomes are kept").isEqualTo(2);
        ledger.finish(new Position(P, 1), epoch, "skip once more");
        assertThat(ledger.heavy()).as("the first outcome counts").isEqualTo(2);

        ledger.committed(P, 2);
        assertThat(ledger.size()).isEqualTo(2);
        assertThat(ledger.heavy()).isEqualTo(1);

        ledger.release(P);
        ledger.assign(P, 2);
        assertThat(ledger.heavy()).isZero();
    }

    @Test
    void stretchDoesNotCoverWhatIsKnownAlready() {
        ledger.assign(P, 5);
        deliver(P, 7);
        assertThat(ledger.pass(new Position(P, 6), 9, "6-9")).isFalse();
        assertThat(ledger.pass(new Position(P, 7), 9, "7-9")).isFalse();
        assertThat(ledger.pass(new Position(P, 4), 9, "4-9")).isFalse();
        assertThat(ledger.pass(new Position(Q, 7), 9, "7-9")).isFalse();
    }

    @Test
    void gapsBetweenOffsetsAreNoRecords() {
        int epoch = ledger.assign(P, 5);
        deliver(P, 7, 9, 30);
        finish(P, epoch, 7, 9, 30);

        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 31, List.of("7", "9", "30")));
    }

    @Test
    void committedRecordsAreForgottenAndNotTakenAgain() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1);
        finish(P, epoch, 0, 1);

        assertThat(ledger.committed(P, 2)).containsExactly("0", "1");
        assertThat(ledger.deliver(new Position(P, 1))).isFalse();
        assertThat(ledger.size()).isZero();
        assertThat(ledger.finished()).isZero();
    }

    @Test
    void limitHoldsOverAllPartitionsTogether() {
        int p = ledger.assign(P, 0);
        int q = ledger.assign(Q, 0);
        deliver(P, 0, 1, 2);
        deliver(Q, 0, 1, 2);
        finish(P, p, 0, 1, 2);
        finish(Q, q, 0, 1, 2);

        assertThat(ledger.prefixes(4).stream()
                        .mapToInt(x -> x.outcomes().size())
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void outcomesSurviveARewindAndWaitForTheirRecordToBeReadAgain() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1, 2);
        finish(P, epoch, 0, 1);

        assertThat(ledger.rewind(P)).isEqualTo(Optional.of(0L));
        assertThat(ledger.prefixes(100)).isEmpty();
        assertThat(ledger.deliver(new Position(P, 0)))
                .as("known, not to be worked on")
                .isFalse();
        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 1, List.of("0")));
        deliver(P, 1, 2);
        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 2, List.of("0", "1")));
        assertThat(ledger.finish(new Position(P, 2), epoch, "2"))
                .as("still the same piece of work")
                .isTrue();
    }

    @Test
    void commitWhoseAnswerWasLostIsTakenFromTheBroker() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1, 2);
        finish(P, epoch, 0, 1, 2);

        assertThat(ledger.committed(P, 2)).containsExactly("0", "1");
        assertThat(ledger.rewind(P)).isEqualTo(Optional.of(2L));
        assertThat(ledger.deliver(new Position(P, 2))).isFalse();
        assertThat(ledger.prefixes(100)).containsExactly(new Prefix<>(P, 3, List.of("2")));
    }

    @Test
    void outcomeOfAnEarlierEpochIsDropped() {
        int before = ledger.assign(P, 0);
        deliver(P, 0);
        ledger.release(P);
        assertThat(ledger.finish(new Position(P, 0), before, "late")).isFalse();

        int after = ledger.assign(P, 0);
        deliver(P, 0);
        assertThat(ledger.finish(new Position(P, 0), before, "late")).isFalse();
        assertThat(ledger.finish(new Position(P, 0), after, "right")).isTrue();
        assertThat(ledger.prefixes(9)).containsExactly(new Prefix<>(P, 1, List.of("right")));
    }

    @Test
    void secondOutcomeOfARecordIsDropped() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0);
        assertThat(ledger.finish(new Position(P, 0), epoch, "first")).isTrue();
        assertThat(ledger.finish(new Position(P, 0), epoch, "second")).isFalse();
        assertThat(ledger.prefixes(9)).containsExactly(new Prefix<>(P, 1, List.of("first")));
    }

    @Test
    void releaseHandsBackWhatWasNotCommitted() {
        int epoch = ledger.assign(P, 0);
        deliver(P, 0, 1, 2);
        finish(P, epoch, 0, 2);

        assertThat(ledger.release(P)).containsExactly("0", "2");
        assertThat(ledger.owned()).isEmpty();
        assertThat(ledger.deliver(new Position(P, 3))).isFalse();
    }

    @Test
    void everyRecordLeavesExactlyOnceInOrderThroughRandomAbortsAndRewinds() {
        Random random = new Random(7);
        int epoch = ledger.assign(P, 0);
        List<String> committed = new ArrayList<>();
        List<Long> working = new ArrayList<>();
        int worked = 0;
        long next = 0;
        while (committed.size() < 2000) {
            for (int i = random.nextInt(20); i > 0 && next < 2000; i--, next++) {
                if (ledger.deliver(new Position(P, next))) {
                    working.add(next);
                    worked++;
                }
            }
            Collections.shuffle(working, random);
            for (int i = random.nextInt(working.size() + 1); i > 0; i--) {
                long offset = working.remove(0);
                assertThat(ledger.finish(new Position(P, offset), epoch, "" + offset))
                        .isTrue();
            }
            for (Prefix<String> prefix : ledger.prefixes(1 + random.nextInt(64))) {
                boolean answered = random.nextInt(10) > 0;
                if (answered || random.nextBoolean()) {
                    committed.addAll(ledger.committed(P, prefix.next()));
                }
                if (!answered) {
                    next = ledger.rewind(P).orElseThrow();
                }
            }
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            expected.add("" + i);
        }
        assertThat(committed).isEqualTo(expected);
        assertThat(worked).as("nothing is worked on twice").isEqualTo(2000);
    }

    private void deliver(Partition partition, long... offsets) {
        for (long offset : offsets) {
            ledger.deliver(new Position(partition, offset));
        }
    }

    private void finish(Partition partition, int epoch, long... offsets) {
        for (long offset : offsets) {
            ledger.finish(new Position(partition, offset), epoch, "" + offset);
        }
    }
}
