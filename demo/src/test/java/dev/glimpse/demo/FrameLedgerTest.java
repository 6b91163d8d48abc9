package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.wire.Position;
import dev.glimpse.wire.SkippedEvent;
import org.junit.jupiter.api.Test;

class FrameLedgerTest {
    private final FrameLedger ledger = new FrameLedger();

    FrameLedgerTest() {
        for (int offset = 0; offset < 6; offset++) {
            ledger.sent(offset % 2, offset);
        }
    }

    @Test
    void ledgerIsBalancedWhenEveryFrameHasOneOutcome() {
        ledger.captioned(at(0, 0));
        ledger.captioned(at(1, 1));
        ledger.rejected(at(0, 2));
        ledger.captioned(at(1, 3));
        ledger.skipped(new SkippedEvent.Range("frames", 0, 4, 4));
        ledger.skipped(new SkippedEvent.Range("frames", 1, 5, 5));
        FrameLedger.Counts counts = ledger.counts();
        assertThat(counts.sent()).isEqualTo(6);
        assertThat(counts.captions()).isEqualTo(3);
        assertThat(counts.skipped()).isEqualTo(2);
        assertThat(counts.rejected()).isEqualTo(1);
        assertThat(counts.balanced()).isTrue();
    }

    @Test
    void frameWithoutOutcomeIsNamed() {
        ledger.captioned(at(0, 0));
        ledger.captioned(at(0, 2));
        ledger.captioned(at(0, 4));
        ledger.captioned(at(1, 1));
        ledger.captioned(at(1, 5));
        FrameLedger.Counts counts = ledger.counts();
        assertThat(counts.missing()).isEqualTo(1);
        assertThat(counts.firstMissing()).hasValue("partition 1, offset 3");
        assertThat(counts.balanced()).isFalse();
    }

    @Test
    void secondOutcomeOfAFrameIsFoundOfWhateverKindItIs() {
        for (int offset = 0; offset < 6; offset++) {
            ledger.captioned(at(offset % 2, offset));
        }
        assertThat(ledger.counts().balanced()).isTrue();
        ledger.captioned(at(0, 0));
        ledger.rejected(at(0, 2));
        ledger.skipped(new SkippedEvent.Range("frames", 0, 2, 4));
        FrameLedger.Counts counts = ledger.counts();
        assertThat(counts.doubled()).isEqualTo(3);
        assertThat(counts.balanced()).isFalse();
    }

    @Test
    void framesOfOthersAreNotCounted() {
        ledger.captioned(at(0, 99));
        ledger.rejected(at(7, 0));
        FrameLedger.Counts counts = ledger.counts();
        assertThat(counts.captions() + counts.skipped() + counts.rejected()).isZero();
        assertThat(counts.missing()).isEqualTo(6);
    }

    private static Position at(int partition, long offset) {
        return new Position("frames", partition, offset);
    }
}
