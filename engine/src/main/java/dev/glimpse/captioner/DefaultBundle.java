package dev.glimpse.captioner;

import java.nio.file.Path;

/** The bundle that is meant where none is named. */
public final class DefaultBundle {
    private DefaultBundle() {}

    /** {@code bundles/default} of the repository, which the launcher names in the system property {@code glimpse.home}. */
    public static Path path() {
        return Path.of(System.getProperty("glimpse.home", ""), "bundles", "default");
    }
}
