package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.NumberedPictures;
import java.time.Duration;
import java.util.Collection;

/**
 * Cameras that send several times what the engine can look at, every fourth of them four times as much as the others: every
 * frame has its outcome, the engine is kept busy, and all cameras get their share of it.
 */
public record Overload(int times) implements Scenario {
    private static final int PARTITIONS = 4;
    private static final int CAMERAS = 16;
    private static final int HEAVY = 4;
    private static final int MICROS = 10_000;
    private static final int BUDGET = 2_000;
    private static final int MAILBOX = 8;
    private static final double CAPACITY = 1e6 / MICROS;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "overload-" + times + "x";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int seconds = grounds.size().of(8, 600);
        double rate = times * CAPACITY;
        var settings = Play.settings(grounds, grounds.one(), name()).hurried(MICROS, BUDGET, MAILBOX);
        try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, Play.PICTURES)) {
            play.crew().start(1);
            long begun = System.nanoTime();
            Feed feed = play.feed(new Feed.Plan(CAMERAS, rate, (long) (rate * seconds), HEAVY, NumberedPictures::of));
            feed.await();
            double lasted = (System.nanoTime() - begun) / 1e9;
            play.fault();
            Finding finding = play.settle(PATIENCE);
            double offered = finding.verdict().frames() / lasted;
            play.figure("offeredPerSecond", Math.round(offered));
            play.figure("capacityPerSecond", CAPACITY);
            double goodput = finding.verdict().captions() / (lasted * CAPACITY);
            play.aim("goodput", goodput, goodput >= .95, "at least .95 of what the engine can do");
            double jain = jain(play.reader().verifier().captionsByCamera().values());
            play.aim("jain", jain, jain >= .95, "at least .95");
            play.figure(
                    "conservationError",
                    finding.verdict().lost() + finding.verdict().duplicated());
            return play.again(finding);
        }
    }

    /** Jain's index of fairness: (sum x)^2 / (n sum x^2); 1 when all have the same. */
    static double jain(Collection<Long> shares) {
        double sum = shares.stream().mapToDouble(Long::doubleValue).sum();
        double squares = shares.stream().mapToDouble(x -> (double) x * x).sum();
        return squares == 0 ? 0 : sum * sum / (shares.size() * squares);
    }
}
