package dev.glimpse.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.Engines;
import dev.glimpse.captioner.GoldenCheck;
import dev.glimpse.device.EngineName;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of random weights, which take other ways through the detector than trained ones, on a GPU. */
class RandomBundleGpuIT {
    @TempDir
    private Path folder;

    @Test
    void everyGraphAgreesWithWhatTheExporterSaw() throws IOException {
        Optional<String> missing = TensorRtPresence.find().missing();
        assumeTrue(missing.isEmpty(), () -> "skipped, this machine cannot run TensorRT: " + missing.orElseThrow());
        RandomRun.write(
                folder.resolve("run"), RandomRun.tinyDetector(), RandomRun.tinyFusion(), RandomRun.tinyLayout());
        Exporter.export(
                        folder.resolve("run"),
                        folder.resolve("bundle"),
                        ExportSettings.unmeasured("random"),
                        line -> {})
                .bundle()
                .close();
        Engines.Wish wish = new Engines.Wish(EngineName.TENSORRT, 1, 1024, note -> {});
        try (Bundle bundle = BundleReader.open(folder.resolve("bundle"));
                Engine engine = Engines.open(wish, bundle).engine()) {
            assertThat(GoldenCheck.run(bundle, engine))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(result -> result.difference() <= 1e-3);
        }
    }
}
