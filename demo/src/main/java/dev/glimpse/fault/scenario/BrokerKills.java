package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Cluster;
import dev.glimpse.fault.site.Feed;
import java.io.IOException;
import java.time.Duration;

/** Two workers on three brokers; one broker after the other is killed and started again, once all copies are there again. */
public record BrokerKills() implements Scenario {
    private static final int PARTITIONS = 6;
    private static final int CAMERAS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration WHOLE = Duration.ofMinutes(2);
    private static final Duration DEAD = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "broker-kills";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int kills = grounds.size().of(3, 30);
        int frames = grounds.size().of(2_000, 100_000);
        try (Cluster cluster = grounds.three();
                Play play = Play.on(grounds, cluster, name(), PARTITIONS)) {
            play.crew().start(2);
            play.feed(Feed.Plan.of(CAMERAS, 200, frames));
            for (int i = 1; i <= kills; i++) {
                play.awaitSent((long) frames * i / (kills + 1));
                kill(play, (i - 1) % cluster.size());
            }
            return play.settle(PATIENCE);
        }
    }

    private static void kill(Play play, int node) throws IOException, InterruptedException {
        play.cluster().awaitWhole(play.topics(), WHOLE);
        play.cluster().kill(node);
        play.fault();
        play.pass(DEAD);
        play.cluster().launch(node);
        play.cluster().awaitNode(node);
    }
}
