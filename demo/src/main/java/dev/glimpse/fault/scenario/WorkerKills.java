package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Child;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Three workers, twelve partitions, twenty-four cameras; again and again one of the workers is killed and started again. */
public record WorkerKills(Protocol protocol) implements Scenario {
    private static final int WORKERS = 3;
    private static final int PARTITIONS = 12;
    private static final int CAMERAS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "worker-kills-" + protocol.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        boolean classic = protocol == Protocol.CLASSIC;
        int kills = grounds.size().of(classic ? 6 : 3, classic ? 200 : 50);
        int frames = 1000 * grounds.size().of(classic ? 4 : 2, classic ? 200 : 50);
        var settings = Play.settings(grounds, grounds.one(), name()).with(protocol);
        try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, Play.PICTURES)) {
            play.crew().start(WORKERS);
            play.feed(Feed.Plan.of(CAMERAS, 300, frames));
            Random random = new Random(1);
            for (int i = 1; i <= kills; i++) {
                play.awaitSent((long) frames * i / (kills + 1));
                int slot = anyReady(play, random);
                play.crew().kill(slot);
                play.fault();
                play.pass(Duration.ofMillis(random.nextInt(300)));
                play.crew().launch(slot);
            }
            return play.settle(PATIENCE);
        }
    }

    /** A slot whose worker takes part: killing one that has not started yet would be no test. */
    private static int anyReady(Play play, Random random) throws IOException, InterruptedException {
        while (true) {
            List<Integer> ready = new ArrayList<>();
            for (int slot = 0; slot < WORKERS; slot++) {
                Child child = play.crew().child(slot);
                if (child.alive() && child.lastSaid("ready").isPresent()) {
                    ready.add(slot);
                }
            }
            if (!ready.isEmpty()) {
                return ready.get(random.nextInt(ready.size()));
            }
            play.pass(Duration.ofMillis(50));
        }
    }
}
