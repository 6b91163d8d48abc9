package dev.glimpse.metric;

import dev.glimpse.error.UserError;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One result for each record of the truth.
 *
 * @param results id to text, in the order of the truth
 * @param missing how many records of the truth have no result
 * @param unknown how many results have no record
 * @param repeated how many results were left out because their record had one already
 */
public record Matched(Map<String, String> results, int missing, int unknown, int repeated) {
    /** What is matched: the noun for people and the names of the fields. */
    public record Names(String noun, String id, String text) {}

    /**
     * Matches results with the truth.
     *
     * @param wanted ids of the truth
     * @param lenient leave out what does not match, keep the first of several, instead of refusing them
     * @throws UserError for a result with no record, a second result, or a record without a result
     */
    public static Matched of(Path file, Collection<String> wanted, List<Entry> entries, Names names, boolean lenient) {
        Set<String> known = Set.copyOf(wanted);
        Map<String, String> texts = new HashMap<>();
        Map<String, String> places = new HashMap<>();
        int unknown = 0;
        int repeated = 0;
        for (Entry entry : entries) {
            String id = entry.id(names.id);
            String text = entry.text(names.text);
            if (!known.contains(id)) {
                unknown++;
                refuse(lenient, entry, "%s %s is not in the truth", names.noun, id);
            } else if (texts.putIfAbsent(id, text) != null) {
                repeated++;
                refuse(lenient, entry, "%s %s has a result already, at %s", names.noun, id, places.get(id));
            } else {
                places.put(id, entry.place());
            }
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (String id : wanted) {
            String text = texts.get(id);
            if (text != null) {
                results.put(id, text);
            } else if (!lenient) {
                throw new UserError(String.format(
                        "%s: expected a result for every %s of the truth, found none for %s (%d of %d have none). "
                                + "Add the results, or score the others with --lenient.",
                        file, names.noun, id, wanted.size() - texts.size(), wanted.size()));
            }
        }
        UserError.require(
                !results.isEmpty(),
                "%s: no result belongs to a %s of the truth. Is it the right file?",
                file,
                names.noun);
        return new Matched(results, wanted.size() - results.size(), unknown, repeated);
    }

    private static void refuse(boolean lenient, Entry entry, String format, @Nullable Object... arguments) {
        if (!lenient) {
            throw entry.error(
                    "%s. Remove the result, or leave such results out with --lenient.",
                    String.format(format, arguments));
        }
    }

    /** What was left out, in words for people; nothing if everything matched. */
    public Optional<String> describe(Path file) {
        if (missing + unknown + repeated == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                "%s: left out %d without a result, %d results of unknown ones, %d repeated results",
                file, missing, unknown, repeated));
    }
}
