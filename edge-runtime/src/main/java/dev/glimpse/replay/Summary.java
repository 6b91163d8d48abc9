package dev.glimpse.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All changes of a replay in figures.
 *
 * @param frames frames looked at again
 * @param same of which became the same, word for word
 * @param otherWords captioned both times, in other words
 * @param newlyCaptioned captioned now only
 * @param noLongerCaptioned captioned then only
 * @param overlap mean F1 of the words of frames captioned both times; 1 means the same words
 * @param confidenceThen mean confidence of captions then
 * @param confidenceNow mean confidence of captions now
 * @param modelsThen digests of the bundles that spoke then
 * @param modelNow digest of the bundle that spoke now
 */
record Summary(
        int frames,
        int same,
        int otherWords,
        int newlyCaptioned,
        int noLongerCaptioned,
        double overlap,
        double confidenceThen,
        double confidenceNow,
        Set<String> modelsThen,
        String modelNow) {
    private static final int SHORT = 12;

    static Summary of(List<Change> changes, Set<String> modelsThen, String modelNow) {
        List<Change> both = changes.stream().filter(Change::bothCaptioned).toList();
        return new Summary(
                changes.size(),
                count(changes, Change::same),
                count(both, change -> !change.same()),
                count(
                        changes,
                        c -> c.now().kind() == Change.Kind.CAPTION && c.then().kind() != Change.Kind.CAPTION),
                count(
                        changes,
                        c -> c.now().kind() != Change.Kind.CAPTION && c.then().kind() == Change.Kind.CAPTION),
                both.stream().mapToDouble(Summary::overlap).average().orElse(0),
                both.stream().mapToDouble(c -> c.then().confidence()).average().orElse(0),
                both.stream().mapToDouble(c -> c.now().confidence()).average().orElse(0),
                new TreeSet<>(modelsThen),
                modelNow);
    }

    private static int count(List<Change> changes, Predicate<Change> which) {
        return (int) changes.stream().filter(which).count();
    }

    private static double overlap(Change change) {
        return overlap(words(change.then().text()), words(change.now().text()));
    }

    /** F1 of two bags of words; 1 when both are empty. */
    private static double overlap(List<String> one, List<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        List<String> left = new ArrayList<>(other);
        long shared = one.stream().filter(left::remove).count();
        return 2.0 * shared / (one.size() + other.size());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d frames: %d the same, %d in other words, %d captioned now only, %d captioned then only%n"
                        + "words shared %.2f (F1), confidence %.2f then, %.2f now%n"
                        + "bundle %s then, %s now",
                frames,
                same,
                otherWords,
                newlyCaptioned,
                noLongerCaptioned,
                overlap,
                confidenceThen,
                confidenceNow,
                modelsThen.isEmpty()
                        ? "unknown"
                        : modelsThen.stream().map(Summary::brief).toList(),
                brief(modelNow));
    }

    private static String brief(String digest) {
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }
}
