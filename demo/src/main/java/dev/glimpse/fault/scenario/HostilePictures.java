package dev.glimpse.fault.scenario;

import dev.glimpse.fault.hostile.Corpus;
import dev.glimpse.fault.hostile.CraftedPictures;
import dev.glimpse.fault.hostile.Unmixed;
import dev.glimpse.fault.site.Child;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.NumberedPictures;
import dev.glimpse.fault.site.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Damaged, exotic and malicious pictures through Kafka: each is captioned as this process decodes it or rejected as this
 * process rejects it, none shows a pixel of another, and the worker lives. The first pass over them makes heap and native
 * pools as large as such pictures want them; a second one must leave the worker's memory where it is.
 */
public record HostilePictures(Path data) implements Scenario {
    private static final int PARTITIONS = 4;
    private static final int CAMERAS = 8;
    private static final int PLAIN = 400;
    private static final int MUTATED_AGAIN = 600;
    private static final double MEGABYTES_MORE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "hostile-pictures";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int mutated = grounds.size().of(MUTATED_AGAIN, 100_000);
        int crafted = grounds.size().of(200, 2_000);
        Corpus corpus = Corpus.of(data);
        Unmixed expectation = new Unmixed();
        var settings = Play.settings(grounds, grounds.one(), name()).hurried(0, 600_000, 512);
        try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, expectation)) {
            play.crew().start(1);
            Child worker = play.crew().child(0);
            long whole = corpus.whole().size();
            long once = PLAIN + whole + crafted + mutated;
            long twice = once + whole + crafted + MUTATED_AGAIN;
            Feed.Source source = number -> number < PLAIN || number >= twice
                    ? NumberedPictures.of(number)
                    : hostile(corpus, crafted, number < once ? number - PLAIN : number - once);
            Feed feed = play.feed(new Feed.Plan(CAMERAS, grounds.size().of(150, 200), twice + PLAIN, 0, source));
            double plain = megabytes(play, worker, PLAIN);
            double first = megabytes(play, worker, once);
            double second = megabytes(play, worker, feed.await());
            play.figure("megabytesMoreByFirstPass", Math.round(first - plain));
            play.aim("megabytesMore", second - first, second - first < MEGABYTES_MORE, "less than " + MEGABYTES_MORE);
            play.fault();
            play.figure("filesAsTheyAre", whole);
            play.figure("mutated", mutated);
            play.figure("crafted", crafted);
            Finding finding = play.settle(PATIENCE);
            play.figure("decoded", expectation.decoded());
            play.figure("mixed", expectation.mixed());
            if (expectation.mixed() > 0) {
                play.problem(expectation.mixed() + " pictures show pixels of the one before");
            }
            return play.again(finding);
        }
    }

    /** Resident memory of the worker once so many frames have their outcome, in MiB; 0 when it is gone. */
    private static double megabytes(Play play, Child worker, long frames) throws IOException, InterruptedException {
        play.awaitSent(frames);
        play.reader().awaitSettled(frames, PATIENCE);
        return worker.alive() ? ProcessFigures.of(worker.pid()).rssKilobytes() / 1024.0 : 0;
    }

    private static byte[] hostile(Corpus corpus, int crafted, long number) {
        int whole = corpus.whole().size();
        if (number < whole) {
            return corpus.whole().get((int) number);
        }
        long rest = number - whole;
        return rest < crafted ? CraftedPictures.of(rest) : corpus.mutated(rest - crafted);
    }
}
