package dev.glimpse.wire;

import static dev.glimpse.error.UserError.require;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of the topics that one installation uses.
 *
 * @param frames pictures in, keyed by camera
 * @param captions one record per captioned frame, keyed by camera
 * @param questions questions in, keyed by camera
 * @param answers one record per question, keyed by request
 * @param standingQuestions compacted: questions asked of every frame of a camera, keyed by camera/id
 * @param skipped ranges of frames that were not looked at, keyed by camera
 * @param rejected records that could not be read, under their original key
 * @param control what became of bundles and load, keyed by runtime
 */
public record Topics(
        String frames,
        String captions,
        String questions,
        String answers,
        String standingQuestions,
        String skipped,
        String rejected,
        String control) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public Topics {
        List<String> names =
                List.of(frames, captions, questions, answers, standingQuestions, skipped, rejected, control);
        for (String name : names) {
            require(
                    NAME.matcher(name).matches(),
                    "a topic name has 1 to 249 of a-z A-Z 0-9 . _ -, found '%s'; choose another name or prefix",
                    name);
        }
        require(names.stream().distinct().count() == names.size(), "topic names must differ, found %s", names);
    }

    /** The usual names, each behind a prefix such as {@code "site1."}; an empty prefix gives the bare names. */
    public static Topics withPrefix(String prefix) {
        return new Topics(
                prefix + "frames",
                prefix + "captions",
                prefix + "questions",
                prefix + "answers",
                prefix + "standing-questions",
                prefix + "skipped",
                prefix + "rejected",
                prefix + "control");
    }

    /** Every name, frames first. */
    public List<String> all() {
        return List.of(frames, captions, questions, answers, standingQuestions, skipped, rejected, control);
    }
}
