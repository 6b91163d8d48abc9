package dev.glimpse.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.kafka.Faults.Fault;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void sendThatTimedOutInsideATransactionIsAborted() {
        assertThat(Faults.of(new KafkaException("error state", new TimeoutException("expiring 3 records"))))
                .isEqualTo(Fault.ABORT);
    }

    @Test
    void callThatStillTimesOutAfterItsRetriesNeedsANewProducer() {
        assertThat(Faults.of(new TimeoutException("commit"))).isEqualTo(Fault.REPLACE);
    }

    @Test
    void rebalanceDuringACommitIsAborted() {
        assertThat(Faults.of(new CommitFailedException())).isEqualTo(Fault.ABORT);
        assertThat(Faults.of(new TransactionAbortableException("x"))).isEqualTo(Fault.ABORT);
    }

    @Test
    void fencingAnywhereInTheChainNeedsANewProducer() {
        assertThat(Faults.of(new KafkaException("x", new ProducerFencedException("y"))))
                .isEqualTo(Fault.REPLACE);
        assertThat(Faults.of(new InvalidTxnStateException("x"))).isEqualTo(Fault.REPLACE);
    }

    @Test
    void whatOnlyAPersonCanMendEndsTheService() {
        assertThat(Faults.of(new KafkaException("x", new SaslAuthenticationException("wrong password"))))
                .isEqualTo(Fault.FATAL);
        assertThat(Faults.of(new FencedInstanceIdException("another edge-0"))).isEqualTo(Fault.FATAL);
    }

    @Test
    void storyTellsEveryCauseOnce() {
        assertThat(Faults.story(
                        new KafkaException("outer", new KafkaException("outer", new TimeoutException("inner")))))
                .isEqualTo("outer: inner");
    }
}
