package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import java.util.regex.Pattern;

/** Which paths may stand in a bundle: relative, with '/' between names of ASCII letters, digits, '.', '_' and '-'. */
final class BundlePath {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final int MOST_NAMES = 4;

    private BundlePath() {}

    /** Refuses absolute paths, {@code ..}, hidden files, other characters and deep nesting. */
    static String check(String path, Object where) {
        String[] names = path.split("/", -1);
        boolean good = names.length <= MOST_NAMES;
        for (String name : names) {
            good &= NAME.matcher(name).matches();
        }
        require(
                good,
                "%s: expected a relative path of plain names, found \"%s\". The bundle was not written by glimpse export;"
                        + " do not use it.",
                where,
                printable(path));
        return path;
    }

    /** The path cut to 200 characters, with anything but printable ASCII replaced: it comes from outside. */
    static String printable(String path) {
        return path.substring(0, Math.min(200, path.length())).replaceAll("[^ -~]", "?");
    }
}
