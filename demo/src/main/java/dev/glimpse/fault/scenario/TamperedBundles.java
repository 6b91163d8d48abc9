package dev.glimpse.fault.scenario;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.error.UserError;
import dev.glimpse.fault.hostile.Tampering;
import dev.glimpse.fault.verifier.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies of a sound bundle that were tampered with, directories and zips: each is refused in words before any engine sees a
 * byte of it, and nothing is written outside. Needs no broker; its {@code frames} are bundles.
 */
public record TamperedBundles(Path bundle) implements Scenario {
    @Override
    public String name() {
        return "tampered-bundles";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int copies = grounds.size().of(32, 500);
        long begun = System.nanoTime();
        List<String> problems = new ArrayList<>();
        BundleReader.open(bundle).close(); // sound, or else a refusal would say nothing
        Tampering tampering = new Tampering(bundle);
        int refused = 0;
        for (int i = 0; i < copies; i++) {
            Path folder =
                    Files.createDirectories(grounds.folder().resolve(name()).resolve("copy"));
            Path copy = tampering.write(i, folder);
            refused += refused(copy, i, problems) ? 1 : 0;
            AtomicDirectory.delete(folder);
        }
        Verdict verdict = new Verdict(copies, 0, 0, refused, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Finding(name(), copies, verdict, seconds, Map.of("refused", refused), problems, List.of());
    }

    private static boolean refused(Path copy, int number, List<String> problems) {
        try {
            BundleReader.open(copy).close();
            problems.add("tampered copy " + number + " was opened");
            return false;
        } catch (UserError e) {
            return true;
        } catch (RuntimeException e) {
            problems.add("tampered copy " + number + " was refused without words: " + e);
            return false;
        }
    }
}
