package dev.glimpse.rollout;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.captioner.Captioner;

/** A verified bundle in, a captioner out that has proven itself on the bundle's golden runs on this machine. */
@FunctionalInterface
public interface BundleLoader {
    /**
     * Opens a bundle, on any thread.
     *
     * @param bundle taken over: it is closed with the captioner, or here when it cannot be opened
     * @throws dev.glimpse.error.UserError when it does not fit this machine or a golden run comes out wrong
     */
    Captioner load(Bundle bundle);
}
