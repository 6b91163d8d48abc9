package dev.glimpse.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Account account = new Account(2, nanos::get);

    @Test
    void everyFrameIsSomewhere() {
        for (int i = 0; i < 10; i++) {
            account.received("a");
        }
        account.captioned("a", Duration.ofMillis(50));
        account.skipped("a", "superseded");
        account.rejected("a", "picture-invalid");
        account.handedOver("a");

        Tally tally = account.total();
        assertThat(tally.received()).isEqualTo(10);
        assertThat(tally.inFlight()).isEqualTo(6);
        assertThat(tally.skipped()).containsEntry("superseded", 1L);
        assertThat(tally.rejected()).containsEntry("picture-invalid", 1L);
        assertThat(tally.unaccounted()).isZero();
    }

    @Test
    void camerasBeyondTheLimitShareOneAccount() {
        account.received("a");
        account.received("b");
        account.received("c");
        account.received("d");
        account.captioned("d", Duration.ZERO);

        assertThat(account.cameras().keySet()).containsExactly("a", "b", Account.OTHERS);
        assertThat(account.cameras()).hasEntrySatisfying(Account.OTHERS, tally -> assertThat(tally.received())
                .isEqualTo(2));
        assertThat(account.label("e")).isEqualTo(Account.OTHERS);
        assertThat(account.label("a")).isEqualTo("a");
    }

    @Test
    void rateAndLatencyAreThoseOfTheLastSeconds() {
        for (int i = 1; i <= 100; i++) {
            account.received("a");
            account.captioned("a", Duration.ofMillis(i));
        }
        assertThat(account.total().captionsPerSecond()).isCloseTo(20, within(1e-9));
        assertThat(account.total().latencyMillis()).isEqualTo(new Tally.Latency(50, 90, 99));

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(account.total().captionsPerSecond()).isZero();
        assertThat(account.total().latencyMillis()).isEqualTo(new Tally.Latency(0, 0, 0));
        assertThat(account.total().captions()).isEqualTo(100);
    }
}
