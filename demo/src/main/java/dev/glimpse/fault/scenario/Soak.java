package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Child;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.ProcessFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many frames through one worker, nothing is broken: memory, threads and files must not grow. */
public record Soak() implements Scenario {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int frames = grounds.size().of(3_000, 300_000);
        var settings = Play.settings(grounds, grounds.one(), name()).hurried(200, 120_000, 64);
        try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, Play.PICTURES)) {
            play.crew().start(1);
            Child worker = play.crew().child(0);
            Feed feed = play.feed(Feed.Plan.of(12, grounds.size().of(300, 500), frames));
            List<Double> rss = new ArrayList<>();
            List<Double> threads = new ArrayList<>();
            List<Double> files = new ArrayList<>();
            List<Double> heap = new ArrayList<>();
            while (feed.running()) {
                play.pass(Duration.ofSeconds(1));
                if (worker.alive()) {
                    ProcessFigures figures = ProcessFigures.of(worker.pid());
                    rss.add((double) figures.rssKilobytes());
                    threads.add((double) figures.threads());
                    files.add((double) figures.files());
                    heap.add(worker.lastSaid("heap ").map(Double::valueOf).orElse(0.0));
                }
            }
            play.figure("rssMegabytes", Math.round(last(rss) / 1024));
            play.figure("threads", Math.round(last(threads)));
            play.figure("files", Math.round(last(files)));
            aim(play, "rssSlope", rss, .01);
            aim(play, "heapSlope", heap, .05);
            aim(play, "threadSlope", threads, .02);
            aim(play, "fileSlope", files, .02);
            return play.settle(PATIENCE);
        }
    }

    /** The first third is left out: until then classes are loaded and caches filled. */
    private static void aim(Play play, String name, List<Double> values, double most) {
        double slope = Slope.overall(values.subList(values.size() / 3, values.size()));
        play.aim(name, slope, slope < most, "less than " + most + " over the run");
    }

    private static double last(List<Double> values) {
        return values.isEmpty() ? 0 : values.get(values.size() - 1);
    }
}
