package dev.glimpse.fault.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.fault.verifier.PartitionBook.Fate;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.RejectionReason;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records of the frames topic and of the three outcome topics in, in the order of each of their partitions; a
 * {@link Verdict} out. Outcomes may come before their frame. Thread-safe.
 */
public final class Verifier {
    private static final int EXAMPLES = 5;
    private static final int NOBODY = -1;
    private static final Set<String> HEADERS = Set.of(
            "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "traceparent", "tracestate");

    private final Topics topics;
    private final String model;
    private final Expectation expectation;
    private final Map<String, Integer> cameras = new HashMap<>();
    private final Map<Integer, PartitionBook> books = new TreeMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long frames;
    private long settled;
    private long duplicated;
    private long reordered;
    private long wrongTopic;
    private long misaddressed;
    private long wrongModel;
    private long unreadable;

    /** @param model digest that every outcome must name */
    public Verifier(Topics topics, String model, Expectation expectation) {
        this.topics = topics;
        this.model = model;
        this.expectation = expectation;
    }

    /** A verifier that knows the same frames and no outcome yet. */
    public synchronized Verifier again() {
        Verifier other = new Verifier(topics, model, expectation);
        other.cameras.putAll(cameras);
        books.forEach((number, book) -> other.books.put(number, book.again()));
        other.frames = frames;
        return other;
    }

    /** Notes one record of any of the four topics. */
    public void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.frames())) {
            OptionalLong expected = expectation.of(record);
            frame(record, expected);
        } else {
            outcome(record);
        }
    }

    /** Frames seen. */
    public synchronized long frames() {
        return frames;
    }

    /** Frames' places that have an outcome. */
    public synchronized long settled() {
        return settled;
    }

    private synchronized void frame(ConsumerRecord<byte[], byte[]> record, OptionalLong expected) {
        frames++;
        book(record.partition())
                .frame(offset(record.offset()), camera(record.key()), expected.isEmpty(), expected.orElse(0));
    }

    private synchronized void outcome(ConsumerRecord<byte[], byte[]> record) {
        for (Header header : record.headers()) {
            if (!HEADERS.contains(header.key())) {
                unreadable++;
                example(Position.of(record) + " has header " + header.key() + ", which none of ours has");
            }
        }
        try {
            if (record.topic().equals(topics.captions())) {
                captioned(record, CaptionEvent.fromRecord(record));
            } else if (record.topic().equals(topics.skipped())) {
                skipped(record, SkippedEvent.fromRecord(record));
            } else {
                rejected(record, RejectedEvent.fromRecord(record));
            }
        } catch (WireException e) {
            boolean astray =
                    e.reason() == RejectionReason.TOPIC_WRONG || e.reason() == RejectionReason.TYPE_UNSUPPORTED;
            wrongTopic += astray ? 1 : 0;
            unreadable += astray ? 0 : 1;
            example(Position.of(record) + ": " + e.getMessage());
        }
    }

    private void captioned(ConsumerRecord<byte[], byte[]> record, CaptionEvent event) {
        byte[] named = event.camera().getBytes(StandardCharsets.UTF_8);
        addressed(record, named);
        long shown =
                HashingCaptioner.hash(event.caption()).orElse(event.caption().hashCode());
        Source source = new Source(record, event.input(), event.model());
        settle(source, Fate.CAPTION, camera(named), shown);
    }

    private void rejected(ConsumerRecord<byte[], byte[]> record, RejectedEvent event) {
        if (event.input().topic().equals(topics.questions())) {
            return;
        }
        settle(new Source(record, event.input(), event.model()), Fate.REJECTION, camera(record.key()), 0);
    }

    private void skipped(ConsumerRecord<byte[], byte[]> record, SkippedEvent event) {
        Optional<byte[]> named = event.camera().map(camera -> camera.getBytes(StandardCharsets.UTF_8));
        named.ifPresent(camera -> addressed(record, camera));
        SkippedEvent.Range range = event.range();
        for (long offset = range.first(); offset <= range.last(); offset++) {
            Position input = new Position(range.topic(), range.partition(), offset);
            settle(
                    new Source(record, input, event.model()),
                    Fate.SKIP,
                    named.map(this::camera).orElse(NOBODY),
                    0);
        }
    }

    /** @param record where it was read; the rest is what its value says */
    private record Source(ConsumerRecord<byte[], byte[]> record, Position input, String model) {}

    private void settle(Source source, Fate fate, int camera, long shown) {
        Position input = source.input();
        if (!input.topic().equals(topics.frames())) {
            wrongTopic++;
            example(Position.of(source.record()) + " stands for " + input);
            return;
        }
        if (!source.model().equals(model)) {
            wrongModel++;
            example(Position.of(source.record()) + " names model " + source.model());
        }
        if (!book(input.partition()).settle(offset(input.offset()), fate, camera, shown)) {
            duplicated++;
            example(input + " has a second outcome in " + Position.of(source.record()));
            return;
        }
        settled++;
        String line = source.record().topic() + "/" + input.partition() + "/" + camera;
        Long before = last.put(line, input.offset());
        if (before != null && before > input.offset()) {
            reordered++;
            example(input + " comes after " + before + " in " + Position.of(source.record()));
        }
    }

    private void addressed(ConsumerRecord<byte[], byte[]> record, byte[] named) {
        if (!Arrays.equals(record.key(), named)) {
            misaddressed++;
            example(Position.of(record) + " has the key of one camera and the name of another");
        }
    }

    /** What can be said now; frames that are still being worked on count as lost. */
    public synchronized Verdict verdict() {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        Breaches breaches = new Breaches();
        List<String> words = new ArrayList<>(examples);
        books.forEach((number, book) -> {
            for (int offset = 0; offset < book.end(); offset++) {
                breaches.look(book, offset, topics.frames() + "/" + number + "/" + offset);
                if (book.isFrame(offset)) {
                    fates.merge(book.fate(offset), 1L, Long::sum);
                }
            }
        });
        words.addAll(breaches.words);
        return new Verdict(
                frames,
                fates.getOrDefault(Fate.CAPTION, 0L),
                fates.getOrDefault(Fate.SKIP, 0L),
                fates.getOrDefault(Fate.REJECTION, 0L),
                breaches.lost,
                duplicated,
                reordered,
                wrongTopic,
                breaches.wrongCamera + misaddressed,
                wrongModel,
                breaches.wrongPicture,
                breaches.wrongKind,
                breaches.unknown,
                unreadable,
                words);
    }

    /** Captions by camera, in the order in which cameras were first seen: what each camera got of the engine. */
    public synchronized Map<String, Long> captionsByCamera() {
        long[] counts = new long[cameras.size()];
        for (PartitionBook book : books.values()) {
            for (int offset = 0; offset < book.end(); offset++) {
                if (book.isFrame(offset) && book.fate(offset) == Fate.CAPTION) {
                    counts[book.camera(offset)]++;
                }
            }
        }
        Map<String, Long> named = new TreeMap<>();
        cameras.forEach((name, index) -> named.put(name, counts[index]));
        return Collections.unmodifiableMap(named);
    }

    /** Counts what is wrong about single frames. */
    private static final class Breaches {
        private final List<String> words = new ArrayList<>();
        private long lost;
        private long wrongCamera;
        private long wrongPicture;
        private long wrongKind;
        private long unknown;

        void look(PartitionBook book, int offset, String place) {
            Fate fate = book.fate(offset);
            if (!book.isFrame(offset)) {
                unknown += fate == Fate.NONE ? 0 : say(place + " has an outcome and no frame");
            } else if (fate == Fate.NONE) {
                lost += say(place + " has no outcome");
            } else {
                wrongCamera += book.ofItsCamera(offset) ? 0 : say(place + " is given to another camera");
                boolean refused = book.mustBeRefused(offset);
                if (fate != Fate.SKIP && refused != (fate == Fate.REJECTION)) {
                    wrongKind += say(place + " must " + (refused ? "" : "not ") + "be rejected");
                } else if (fate == Fate.CAPTION && !book.ofItsPicture(offset)) {
                    wrongPicture += say(place + " has the caption of another picture");
                }
            }
        }

        private int say(String word) {
            if (words.size() < EXAMPLES) {
                words.add(word);
            }
            return 1;
        }
    }

    private PartitionBook book(int partition) {
        return books.computeIfAbsent(partition, number -> new PartitionBook());
    }

    private int camera(byte[] key) {
        String name = key == null ? "" : new String(key, ISO_8859_1);
        return cameras.computeIfAbsent(name, unseen -> cameras.size());
    }

    private static int offset(long offset) {
        return Math.toIntExact(offset);
    }

    private void example(String words) {
        if (examples.size() < EXAMPLES) {
            examples.add(words);
        }
    }
}
