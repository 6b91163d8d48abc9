package dev.glimpse.fault.scenario;

/** One kind of trouble. */
public interface Scenario {
    /** Lower case with dashes; also the prefix of its topics and the name of its group. */
    String name();

    /** Plays it to the end. Everything it started is gone when this returns or throws. */
    Finding run(Grounds grounds) throws Exception;
}
