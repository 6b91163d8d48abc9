package dev.glimpse.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What an error of a Kafka client calls for, judged by its whole chain of causes. */
final class Faults {
    private static final int DEEPEST = 20;

    private Faults() {}

    /** What to do. */
    enum Fault {
        /** Abort the transaction, read again from the last commit, go on. */
        ABORT,
        /** This producer is finished: take a new one, which ends the old one's transaction, then as {@link #ABORT}. */
        REPLACE,
        /** Nothing but a person can help. */
        FATAL
    }

    /**
     * A time-out that comes out of a transactional call itself means that the call was repeated in vain: nothing but a new
     * producer helps. One further down the chain is that of a record, which an abort takes back.
     */
    static Fault of(Throwable error) {
        List<Throwable> chain = chain(error);
        if (chain.stream().anyMatch(Faults::fatal)) {
            return Fault.FATAL;
        }
        boolean finished = error instanceof TimeoutException || chain.stream().anyMatch(Faults::finishesProducer);
        return finished ? Fault.REPLACE : Fault.ABORT;
    }

    /** The messages of an error and its causes in one line. */
    static String story(Throwable error) {
        List<String> lines = chain(error).stream()
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .distinct()
                .toList();
        return String.join(": ", lines);
    }

    private static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static boolean fatal(Throwable cause) {
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof FencedInstanceIdException
                || cause instanceof UnsupportedVersionException
                || cause instanceof InvalidConfigurationException
                || cause instanceof ConfigException
                || cause instanceof RecordTooLargeException;
    }

    private static boolean finishesProducer(Throwable cause) {
        return cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidTxnStateException
                || cause instanceof InvalidPidMappingException
                || cause instanceof OutOfOrderSequenceException
                || cause instanceof ApplicationRecoverableException
                || cause instanceof IllegalStateException;
    }
}
