package dev.glimpse.train;

import dev.glimpse.error.UserError;
import dev.glimpse.feature.ImportedFeatures;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Stages {@code detectors} and {@code features} of a data set that has features already ({@code glimpse import features}): they
 * are linked into the run, and so are the labels. Teacher and student then see the same features. Such a run has no detector,
 * so it can be evaluated, but not exported.
 */
final class ImportedFeatureRecipe implements Recipe {
    private final RunDirectory run;
    private final ImportedFeatures imported;
    private final boolean teacher;

    ImportedFeatureRecipe(Job job) {
        this.run = job.run();
        this.imported = job.config().data().features();
        this.teacher = job.config().teacher().isPresent();
    }

    /** What is linked, by the name that it gets. */
    private Map<Path, Path> links() {
        Map<Path, Path> links = new LinkedHashMap<>();
        links.put(RunFiles.studentDetector(run), imported.detector());
        links.put(RunFiles.labels(run), imported.labels());
        if (teacher) {
            links.put(RunFiles.teacherDetector(run), imported.detector());
        }
        Stream.of("train", "val", "test", "compose")
                .filter(split -> Files.exists(imported.store(split)))
                .forEach(split -> {
                    links.put(RunFiles.features(run, split), imported.store(split));
                    if (teacher) {
                        links.put(RunFiles.teacherFeatures(run, split), imported.store(split));
                        links.put(RunFiles.teacherOwnFeatures(run, split), imported.store(split));
                    }
                });
        return links;
    }

    @Override
    public Stage stage() {
        Map<Path, Path> links = links();
        return new Stage(
                "features",
                List.of("imported"),
                new ArrayList<>(new java.util.LinkedHashSet<>(links.values())),
                new ArrayList<>(links.keySet()));
    }

    @Override
    public void run() {
        System.err.println("features: imported ones of " + imported.folder() + "; no detector is trained");
        links().forEach(ImportedFeatureRecipe::link);
    }

    private static void link(Path name, Path target) {
        Path temporary = name.resolveSibling(name.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Files.createSymbolicLink(temporary, target.toRealPath());
            Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UnsupportedOperationException e) {
            throw new UserError(name + ": cannot be made a link to " + target + ": " + e.getMessage(), e);
        }
    }
}
