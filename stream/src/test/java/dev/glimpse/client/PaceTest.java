package dev.glimpse.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MS = 1_000_000;

    @Test
    void framesAreDueAtEvenTimesHoweverLongEachTook() {
        Pace pace = new Pace(10, 0);
        assertThat(pace.untilDue(0)).isZero();
        pace.sent(30 * MS);
        assertThat(pace.untilDue(40 * MS)).isEqualTo(60 * MS);
        pace.sent(100 * MS);
        assertThat(pace.untilDue(150 * MS)).isEqualTo(50 * MS);
    }

    @Test
    void senderThatFellFarBehindDoesNotBurst() {
        Pace pace = new Pace(10, 0);
        pace.sent(5000 * MS);
        assertThat(pace.untilDue(5000 * MS)).isEqualTo(100 * MS);
    }

    @Test
    void zeroMeansAsFastAsCanBe() {
        Pace pace = new Pace(0, 0);
        pace.sent(0);
        pace.sent(0);
        assertThat(pace.untilDue(0)).isZero();
    }
}
