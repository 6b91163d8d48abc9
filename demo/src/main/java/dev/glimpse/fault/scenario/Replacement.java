package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Child;
import dev.glimpse.fault.site.Feed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A worker is stopped and another takes its slot, as on another machine, where the lock does not reach. When the first goes
 * on it must see that it is one too many and end.
 */
public record Replacement() implements Scenario {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "replacement";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int rounds = grounds.size().of(1, 10);
        try (Play play = Play.on(grounds, grounds.one(), name(), PARTITIONS)) {
            Feed feed = play.feed(Feed.Plan.of(8, 100, Long.MAX_VALUE / 2));
            Child old = play.crew().launch(play.crew().template());
            old.awaitSaid("ready", END);
            for (int i = 0; i < rounds; i++) {
                play.pass(Duration.ofSeconds(2));
                old.freeze();
                play.fault();
                Path elsewhere =
                        Files.createDirectories(grounds.folder().resolve(name()).resolve("machine-" + i));
                Child young = play.crew().launch(play.crew().template().lockedIn(elsewhere));
                young.awaitSaid("ready", END);
                play.pass(Duration.ofSeconds(1));
                old.thaw();
                Optional<Integer> code = old.exitCode(END);
                if (!code.equals(Optional.of(1))) {
                    play.problem("the worker whose slot was taken ended with " + code + " instead of 1");
                    old.kill();
                }
                old = young;
            }
            feed.finish();
            Finding finding = play.settle(PATIENCE);
            old.kill();
            return finding;
        }
    }
}
