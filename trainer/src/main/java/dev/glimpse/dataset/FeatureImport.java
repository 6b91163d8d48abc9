package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Labels;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.ImportedFeatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Region features that another detector computed, in OSCAR's and VinVL's tab-separated files, in; one feature store a split
 * out, so that training begins without detectors of its own.
 */
final class FeatureImport {
    private final DataFolder out;
    private final List<Source> sources;
    private final int regions;
    private final Tally tally;
    private final Map<Long, String> splits;
    private final Map<Long, int[]> sizes = new HashMap<>();

    /**
     * Files that belong together, row by row.
     *
     * @param features empty where the labels hold the features themselves
     */
    record Source(Path labels, Optional<Path> features) {}

    /**
     * @param sizes {@code .hw.tsv} files: {@code KEY TAB [{"height", "width"}]}
     * @param regions regions of a picture that are kept, those of highest score
     */
    FeatureImport(DataFolder out, List<Source> sources, List<Path> sizes, int regions, Tally tally) {
        this.out = out;
        this.sources = sources;
        this.regions = regions;
        this.tally = tally;
        this.splits = out.splits();
        sizes.forEach(this::readSizes);
    }

    private void readSizes(Path file) {
        try (TsvFile rows = new TsvFile(file)) {
            for (Optional<String[]> row = rows.next(); row.isPresent(); row = rows.next()) {
                String[] fields = row.get();
                require(
                        fields.length == 2,
                        "%s: expected key and size, 2 fields, found %d",
                        rows.where(),
                        fields.length);
                JsonNode json = TsvRegions.json(rows.where(), fields[1]);
                JsonNode size = json.isArray() ? json.path(0) : json;
                sizes.put(TsvRegions.key(rows.where(), fields[0]), new int[] {
                    size.path("width").asInt(), size.path("height").asInt()
                });
            }
        }
    }

    /** @return one line a split, of what was written */
    List<String> run() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Labels labels = labels(counts);
        Map<String, Integer> numbers = new HashMap<>();
        labels.classes().forEach(name -> numbers.put(name, numbers.size()));
        ImportedFeatures target = new ImportedFeatures(out.root().resolve("features"));
        String detector = target.write(
                labels,
                sources.stream().map(s -> s.labels().getFileName().toString()).toList());
        int length = length();
        Map<String, FeatureWriter> writers = new LinkedHashMap<>();
        try {
            counts.forEach((split, count) -> writers.put(
                    split,
                    new FeatureWriter(target.store(split), FeatureHeader.of(split, count, regions, length, detector))));
            Set<Long> written = new HashSet<>();
            sources.forEach(source -> copy(source, length, numbers, writers, written));
            writers.values().forEach(FeatureWriter::finish);
        } finally {
            writers.values().forEach(FeatureWriter::close);
        }
        List<String> lines = new ArrayList<>();
        counts.forEach((split, count) -> lines.add(String.format(
                "%s: %,d pictures of %d regions, features of %d numbers, %,d classes",
                split, count, regions, length, labels.classes().size())));
        return lines;
    }

    /** First pass over the labels: which classes there are, and how many pictures of each split. */
    private Labels labels(Map<String, Integer> counts) {
        Set<String> names = new TreeSet<>();
        Set<Long> found = new HashSet<>();
        for (Source source : sources) {
            try (TsvFile rows = new TsvFile(source.labels())) {
                for (Optional<String[]> row = rows.next(); row.isPresent(); row = rows.next()) {
                    TsvRegions parsed = parse(rows.where(), row.get());
                    String split = splits.get(parsed.picture());
                    if (split == null) {
                        tally.add("pictures with features of no split", "image " + parsed.picture());
                    } else {
                        require(
                                found.add(parsed.picture()),
                                "%s: picture %d stands there twice",
                                rows.where(),
                                parsed.picture());
                        counts.merge(split, 1, Integer::sum);
                        parsed.objects().forEach(object -> names.add(object.name()));
                    }
                }
            }
        }
        require(!names.isEmpty(), "no row is of a picture of %s; are the keys COCO's numbers?", out.root());
        List<Long> missing = splits.keySet().stream()
                .filter(id -> !found.contains(id))
                .sorted()
                .toList();
        require(
                missing.isEmpty(),
                "%d pictures of %s have no features, such as %s; name all files of features, of every split",
                missing.size(),
                out.root(),
                missing.subList(0, Math.min(5, missing.size())));
        return new Labels(List.copyOf(names), List.of());
    }

    private TsvRegions parse(String where, String[] row) {
        return TsvRegions.parse(where, row, sizes.getOrDefault(TsvRegions.key(where, row[0]), new int[2]));
    }

    private int length() {
        Source source = sources.get(0);
        try (TsvFile labels = new TsvFile(source.labels());
                Features features = new Features(source)) {
            for (Optional<String[]> row = labels.next(); row.isPresent(); row = labels.next()) {
                TsvRegions parsed = parse(labels.where(), row.get());
                float[] values = features.next(labels.where(), parsed);
                if (!parsed.objects().isEmpty()) {
                    return parsed.length(features.where(labels.where()), values);
                }
            }
            throw new dev.glimpse.error.UserError(source.labels() + ": no picture has a region");
        }
    }

    private void copy(
            Source source,
            int length,
            Map<String, Integer> numbers,
            Map<String, FeatureWriter> writers,
            Set<Long> written) {
        try (TsvFile labels = new TsvFile(source.labels());
                Features features = new Features(source)) {
            for (Optional<String[]> row = labels.next(); row.isPresent(); row = labels.next()) {
                TsvRegions parsed = parse(labels.where(), row.get());
                float[] values = features.next(labels.where(), parsed);
                String split = splits.get(parsed.picture());
                FeatureWriter writer = split == null ? null : writers.get(split);
                if (writer == null || !written.add(parsed.picture())) {
                    continue;
                }
                String where = features.where(labels.where());
                if (parsed.objects().isEmpty()) {
                    tally.add("regions of pictures in which nothing was found", "image " + parsed.picture());
                } else {
                    require(
                            parsed.length(where, values) == length,
                            "%s: expected features of %d numbers, as in the first row, found %d",
                            where,
                            length,
                            parsed.length(where, values));
                }
                writer.append(
                        parsed.picture(),
                        parsed.width(),
                        parsed.height(),
                        parsed.row(where, values, length, regions, name -> numbers.getOrDefault(name, 0), tally));
            }
            features.end();
        }
    }

    /** The features beside the labels: in a file of their own, or in the labels. */
    private static final class Features implements AutoCloseable {
        private final Optional<TsvFile> file;

        Features(Source source) {
            this.file = source.features().map(TsvFile::new);
        }

        String where(String labels) {
            return file.map(TsvFile::where).orElse(labels);
        }

        float[] next(String labels, TsvRegions regions) {
            if (file.isEmpty()) {
                return regions.features(labels);
            }
            Optional<String[]> row = file.get().next();
            if (row.isEmpty()) {
                throw new dev.glimpse.error.UserError(
                        file.get().where() + ": ends before the labels do, at " + labels + "; download it again");
            }
            return regions.features(file.get().where(), row.get());
        }

        void end() {
            file.ifPresent(f -> require(
                    f.next().isEmpty(), "%s: one more row than the labels have; download both again", f.where()));
        }

        @Override
        public void close() {
            file.ifPresent(TsvFile::close);
        }
    }
}
