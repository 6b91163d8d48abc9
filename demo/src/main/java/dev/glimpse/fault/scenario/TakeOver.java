package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Feed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * How long nothing is committed after a kill: until the first result of the same slot, started again at once; and until the
 * last partition of a slot that stays away has its first result from another.
 */
public record TakeOver() implements Scenario {
    private static final int PARTITIONS = 4;
    private static final int CAMERAS = 24;
    private static final int PER_SECOND = 100;
    private static final double RESTARTED_MILLIS = 3_000;
    private static final double LOST_MILLIS = 12_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "take-over";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        try (Play play = Play.on(grounds, grounds.one(), name(), PARTITIONS)) {
            play.crew().keepClasses();
            play.crew().start(1);
            Feed feed = play.feed(Feed.Plan.of(CAMERAS, PER_SECOND, Long.MAX_VALUE / 2));
            play.pass(Duration.ofSeconds(2));
            play.crew().mapClasses();
            play.crew().start(1);
            List<Double> restarted = restarted(play, grounds.size().of(3, 40));
            play.crew().launch(1);
            play.crew().awaitReady(1);
            List<Double> lost = lost(play, grounds.size().of(1, 15));
            feed.finish();
            figures(play, "restarted", restarted, RESTARTED_MILLIS);
            figures(play, "lost", lost, LOST_MILLIS);
            return play.settle(PATIENCE);
        }
    }

    private static List<Double> restarted(Play play, int kills) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            play.pass(Duration.ofSeconds(1));
            play.crew().kill(0);
            play.fault();
            play.reader().arrivals().mark();
            play.crew().launch(0);
            millis.add(await(play, 1, Math::min));
            play.crew().awaitReady(0);
        }
        return millis;
    }

    /** The other worker goes on with its own partitions, so the last partition to speak is one of those that were lost. */
    private static List<Double> lost(Play play, int kills) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            play.pass(Duration.ofSeconds(2));
            int slot = i % 2;
            play.crew().kill(slot);
            play.fault();
            play.reader().arrivals().mark();
            millis.add(await(play, PARTITIONS, Math::max));
            play.crew().launch(slot);
            play.crew().awaitReady(slot);
        }
        return millis;
    }

    private static double await(Play play, int partitions, DoubleBinaryOperator which)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<Integer, Double> seen = play.reader().arrivals().millis();
        while (seen.size() < partitions && System.nanoTime() < end) {
            play.pass(Duration.ofMillis(10));
            seen = play.reader().arrivals().millis();
        }
        if (seen.size() < partitions) {
            play.problem("after a kill only partitions " + seen.keySet() + " were taken over");
        }
        return seen.values().stream()
                .mapToDouble(Double::doubleValue)
                .reduce(which)
                .orElse((double) PATIENCE.toMillis());
    }

    private static void figures(Play play, String what, List<Double> millis, double target) {
        List<Double> sorted = millis.stream().sorted().toList();
        double p95 = sorted.get((int) Math.ceil(.95 * sorted.size()) - 1);
        play.figure(what + "MedianMillis", Math.round(sorted.get(sorted.size() / 2)));
        play.aim(what + "P95Millis", p95, p95 <= target, "at most " + Math.round(target));
    }
}
