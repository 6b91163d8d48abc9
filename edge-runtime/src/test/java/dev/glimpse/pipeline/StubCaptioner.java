package dev.glimpse.pipeline;

import dev.glimpse.box.Box;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Says a hash of the picture's pixels; fails on pictures whose first byte is 66. Pictures of one pixel, which are those of the
 * tests, can be held up and are counted; others are warm-up. */
public final class StubCaptioner implements Captioner {
    public final List<Integer> batches = new ArrayList<>();
    public final Semaphore mayLook = new Semaphore(0);
    final List<Thread> threads = new ArrayList<>();
    volatile boolean closed;
    /** Larger batches do not fit the device. */
    volatile int mostPictures = Integer.MAX_VALUE;
    /** What the device says instead of working; empty while it works. */
    volatile String fault = "";

    private final boolean held;
    private final String digest;

    public StubCaptioner(boolean held) {
        this(held, "0".repeat(64));
    }

    StubCaptioner(boolean held, String digest) {
        this.held = held;
        this.digest = digest;
    }

    public static String caption(Picture picture) {
        return "hash " + Arrays.hashCode(picture.rgb());
    }

    @Override
    public List<Sight> look(List<Picture> pictures) {
        threads.add(Thread.currentThread());
        if (pictures.get(0).width() == 1) {
            if (held) {
                mayLook.acquireUninterruptibly();
            }
            batches.add(pictures.size());
            if (!fault.isEmpty()) {
                throw new IllegalStateException(fault);
            }
            if (pictures.size() > mostPictures) {
                throw new IllegalStateException("CUDA failure 2: out of memory");
            }
        }
        if (pictures.stream().anyMatch(picture -> picture.rgb()[0] == 66)) {
            throw new IllegalArgumentException("this picture breaks the network");
        }
        return pictures.stream().map(StubCaptioner::sight).toList();
    }

    private static Sight sight(Picture picture) {
        Region region = new Region(new Box(0, 0, picture.width(), picture.height()), "thing", List.of(), .9f);
        Caption caption = new Caption(caption(picture), List.of(new Caption.Word("hash", .8, List.of(1f))), .8);
        float[] none = new float[0];
        return new Sight(List.of(region), caption, new RegionFeatures(none, none, none), new Sight.Timings(1, 2, 3, 4));
    }

    @Override
    public List<Answer> answer(Sight sight, List<String> questions) {
        return questions.stream()
                .map(question -> new Answer(
                        question + "? " + sight.caption().text(),
                        .5,
                        List.of(new Answer.Candidate("yes", .5)),
                        List.of(1f)))
                .toList();
    }

    @Override
    public String modelDigest() {
        return digest;
    }

    @Override
    public String engine() {
        return "stub";
    }

    @Override
    public void close() {
        threads.add(Thread.currentThread());
        closed = true;
    }
}
