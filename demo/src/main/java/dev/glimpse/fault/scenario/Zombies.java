package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Child;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/** One of two workers is stopped beyond the time-outs of its session and its transaction, then goes on as if nothing had been. */
public record Zombies(Protocol protocol) implements Scenario {
    private static final int PARTITIONS = 4;
    private static final int CAMERAS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Session and transaction end after 10 s each. */
    private static final Duration ASLEEP = Duration.ofSeconds(13);

    private static final int PER_SECOND = 150;

    @Override
    public String name() {
        return "zombies-" + protocol.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int freezes = grounds.size().of(1, 20);
        var settings = Play.settings(grounds, grounds.one(), name()).with(protocol);
        try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, Play.PICTURES)) {
            play.crew().start(2);
            Feed feed = play.feed(Feed.Plan.of(CAMERAS, PER_SECOND, Long.MAX_VALUE / 2));
            Random random = new Random(2);
            for (int i = 0; i < freezes; i++) {
                play.pass(Duration.ofMillis(2500 + random.nextInt(1000)));
                Child child = play.crew().child(i % 2);
                child.freeze();
                play.fault();
                play.pass(ASLEEP);
                child.thaw();
            }
            play.pass(Duration.ofSeconds(3));
            feed.finish();
            return play.settle(PATIENCE);
        }
    }
}
