package dev.glimpse.rollout;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.wire.ControlEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundle that a runtime starts with: the one that was promoted last, if it is still sound, else the configured one.
 *
 * @param about the bundle
 * @param source where it lies
 */
public record FirstBundle(Captioner captioner, Bundle.About about, Rollout.Source source) {
    private static final Logger log = LoggerFactory.getLogger(FirstBundle.class);

    /** @throws dev.glimpse.error.UserError when the configured bundle has to serve and cannot */
    public static FirstBundle open(RolloutSettings settings, Path configured, BundleLoader loader, Bulletin bulletin) {
        Optional<Path> promoted = new Staging(settings.state(), Long.MAX_VALUE).serving();
        if (promoted.isPresent()) {
            try {
                return open(promoted.get(), loader);
            } catch (RuntimeException e) {
                String message = "the bundle that served last is refused, the configured one serves: " + e.getMessage();
                log.warn("{}", message);
                bulletin.post(ControlEvent.Kind.BUNDLE_REFUSED, Optional.empty(), Optional.empty(), 0, message);
            }
        }
        return open(configured, loader);
    }

    private static FirstBundle open(Path directory, BundleLoader loader) {
        Bundle bundle = BundleReader.open(directory);
        Bundle.About about = bundle.about();
        Rollout.Source source = Rollout.Source.of(bundle);
        return new FirstBundle(loader.load(bundle), about, source);
    }
}
