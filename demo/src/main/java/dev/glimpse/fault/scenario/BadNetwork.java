package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.Weather;
import dev.glimpse.fault.site.Weather.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two workers behind a network that delays, stalls, goes silent one way or both, and breaks. */
public record BadNetwork() implements Scenario {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "bad-network";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int rounds = grounds.size().of(1, 10);
        int silence = grounds.size().of(4, 15);
        List<Map.Entry<Weather, Duration>> forecast = List.of(
                Map.entry(Weather.of(Kind.DELAY, Duration.ofMillis(80)), Duration.ofSeconds(2)),
                Map.entry(Weather.of(Kind.STALLS, Duration.ofMillis(900)), Duration.ofSeconds(3)),
                Map.entry(Weather.of(Kind.CUT), Duration.ofSeconds(silence / 2)),
                Map.entry(Weather.of(Kind.HALF_OPEN), Duration.ofSeconds(silence)),
                Map.entry(Weather.of(Kind.MUTE), Duration.ofSeconds(silence)));
        try (Play play = Play.on(grounds, grounds.one(), name(), PARTITIONS)) {
            play.crew().start(2);
            Feed feed = play.feed(Feed.Plan.of(12, 150, Long.MAX_VALUE / 2));
            for (int i = 0; i < rounds; i++) {
                for (Map.Entry<Weather, Duration> each : forecast) {
                    play.pass(Duration.ofSeconds(1));
                    play.cluster().weather(each.getKey());
                    play.fault();
                    play.pass(each.getValue());
                    play.cluster().weather(Weather.FAIR);
                }
                for (int cut = 0; cut < 5; cut++) {
                    play.pass(Duration.ofMillis(200));
                    play.cluster().cutConnections();
                    play.fault();
                }
            }
            play.pass(Duration.ofSeconds(1));
            feed.finish();
            return play.settle(PATIENCE);
        } finally {
            grounds.one().weather(Weather.FAIR);
        }
    }
}
