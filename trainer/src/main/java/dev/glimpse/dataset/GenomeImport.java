package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glimpse.dataset.CocoRecords.Annotation;
import dev.glimpse.dataset.CocoRecords.Category;
import dev.glimpse.dataset.CocoRecords.Image;
import dev.glimpse.json.JsonStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Visual Genome as its makers publish it in ({@code image_data.json}, {@code objects.json}, {@code attributes.json}, {@code
 * VG_100K/}, {@code VG_100K_2/}), {@code instances_SPLIT.json} with attributes and links out: what detectors learn from.
 */
final class GenomeImport {
    /** Of the pictures that are not COCO's, every 25th, by its number, is val and the next test [D]. */
    private static final int EVERY = 25;

    private final Path from;
    private final DataFolder out;
    private final GenomeVocabulary objects;
    private final GenomeVocabulary attributes;
    private final Optional<Map<Long, String>> coco;
    private final Tally tally;
    private final MissingPictures missing;
    private final boolean check;
    private final PictureFolders pictures;
    private final Map<Long, String> splits = new HashMap<>();
    private final Map<String, List<Image>> images = new LinkedHashMap<>();

    /**
     * @param check whether every picture is decoded, and left out when that fails
     * @param coco our folder of COCO: half of Visual Genome's pictures are COCO's, and those of COCO's val and test must not be
     *     trained on; they become val and test here
     */
    GenomeImport(
            Path from,
            DataFolder out,
            GenomeVocabulary objects,
            GenomeVocabulary attributes,
            Optional<DataFolder> coco,
            boolean skipMissing,
            boolean check,
            Tally tally) {
        this.from = from;
        this.out = out;
        this.objects = objects;
        this.attributes = attributes;
        this.coco = coco.map(DataFolder::splits);
        this.tally = tally;
        this.check = check;
        this.missing = new MissingPictures(from, skipMissing, tally);
        this.pictures = new PictureFolders(from, List.of("VG_100K", "VG_100K_2"));
        DataFolder.SPLITS.forEach(split -> images.put(split, new ArrayList<>()));
    }

    private record PictureData(
            @JsonProperty(value = "image_id", required = true) @JsonAlias("id")
            long id,

            int width,
            int height,
            @JsonProperty("coco_id") @Nullable Long coco) {}

    private record Thing(
            @JsonProperty(value = "object_id", required = true) @JsonAlias("id")
            long id,

            @Nullable List<String> names,
            @Nullable List<String> attributes,
            double x,
            double y,
            double w,
            double h) {
        String name() {
            return names == null || names.isEmpty() ? "" : GenomeVocabulary.clean(names.get(0));
        }
    }

    private record PictureObjects(
            @JsonProperty(value = "image_id", required = true) @JsonAlias("id")
            long id,

            @Nullable List<Thing> objects) {}

    private record PictureAttributes(@Nullable List<Thing> attributes) {}

    /** @return one line a split, of what was written */
    List<String> run() {
        divide();
        Map<Long, List<String>> described = described();
        Map<String, Long> counts = write(described);
        pictures.folders().forEach(out::link);
        return images.entrySet().stream()
                .map(e -> String.format(
                        "%s: %,d pictures, %,d objects",
                        e.getKey(), e.getValue().size(), counts.getOrDefault(e.getKey(), 0L)))
                .toList();
    }

    private void divide() {
        Path file = from.resolve("image_data.json");
        JsonStream.elements(file, PictureData.class, data -> {
            Optional<String> path = pictures.file(data.id);
            if (path.isEmpty()) {
                missing.add(file, data.id);
                return;
            }
            String split = split(data);
            splits.put(data.id, split);
            images.computeIfAbsent(split, s -> new ArrayList<>())
                    .add(new Image(data.id, path.get(), data.width, data.height));
        });
        missing.check();
        if (check) {
            PictureCheck.run(from, images, splits, tally);
        }
        require(!splits.isEmpty(), "%s: expected pictures, found none", file);
    }

    private String split(PictureData data) {
        if (data.coco != null && coco.isPresent()) {
            return coco.get().getOrDefault(data.coco, "train");
        }
        long rest = Math.floorMod(data.id, EVERY);
        return rest == 0 ? "val" : rest == 1 ? "test" : "train";
    }

    /** Known attributes by the number of the object. */
    private Map<Long, List<String>> described() {
        Map<Long, List<String>> described = new HashMap<>();
        JsonStream.elements(from.resolve("attributes.json"), PictureAttributes.class, picture -> {
            for (Thing thing : picture.attributes == null ? List.<Thing>of() : picture.attributes) {
                for (String attribute : thing.attributes == null ? List.<String>of() : thing.attributes) {
                    known(attributes, GenomeVocabulary.clean(attribute))
                            .ifPresentOrElse(
                                    name -> addOnce(described.computeIfAbsent(thing.id, i -> new ArrayList<>(2)), name),
                                    () -> tally.add("attributes outside the vocabulary", "'" + attribute + "'"));
                }
            }
        });
        return described;
    }

    private Map<String, Long> write(Map<Long, List<String>> described) {
        Map<String, Long> counts = new HashMap<>();
        Map<String, ListsFile> files = out.begin("instances");
        try {
            List<Category> categories = new ArrayList<>();
            for (int i = 0; i < objects.names().size(); i++) {
                categories.add(new Category(i + 1L, objects.names().get(i)));
            }
            files.values().forEach(file -> file.list("categories", categories));
            files.values().forEach(file -> file.list("attributes", attributes.names()));
            files.forEach((split, file) -> file.list("images", images.getOrDefault(split, List.of())));
            files.values().forEach(file -> file.list("annotations"));
            JsonStream.elements(from.resolve("objects.json"), PictureObjects.class, picture -> {
                String split = splits.get(picture.id);
                ListsFile file = split == null ? null : files.get(split);
                if (split == null || file == null) {
                    tally.add(
                            "pictures with objects that image_data.json does not list, or that are not on the disk",
                            "image " + picture.id);
                    return;
                }
                for (Thing thing : picture.objects == null ? List.<Thing>of() : picture.objects) {
                    annotation(picture.id, thing, described).ifPresent(annotation -> {
                        file.add(annotation);
                        counts.merge(split, 1L, Long::sum);
                    });
                }
            });
            files.values().forEach(ListsFile::finish);
            return counts;
        } finally {
            files.values().forEach(ListsFile::close);
        }
    }

    /**
     * An object whose name is a class; or whose last word is one and all words before are attributes, such as "small white
     * dog" [D]. Others are counted.
     */
    private Optional<Annotation> annotation(long picture, Thing thing, Map<Long, List<String>> described) {
        List<String> said = new ArrayList<>(described.getOrDefault(thing.id, List.of()));
        Optional<Integer> label = objects.index(thing.name());
        if (label.isEmpty()) {
            String[] words = thing.name().split(" ");
            List<String> before = new ArrayList<>();
            for (int i = 0; i < words.length - 1; i++) {
                known(attributes, words[i]).ifPresent(before::add);
            }
            if (before.size() == words.length - 1) {
                label = objects.index(words[words.length - 1]);
                before.forEach(name -> addOnce(said, name));
            }
        }
        if (label.isEmpty()) {
            tally.add("objects whose name is outside the vocabulary", "'" + thing.name() + "'");
            return Optional.empty();
        }
        if (!(thing.w > 0 && thing.h > 0)) {
            tally.add("objects without area", "object " + thing.id + " of image " + picture);
            return Optional.empty();
        }
        double[] box = {thing.x, thing.y, thing.w, thing.h};
        return Optional.of(
                new Annotation(thing.id, picture, label.get() + 1L, box, thing.w * thing.h, 0, List.copyOf(said)));
    }

    private static Optional<String> known(GenomeVocabulary vocabulary, String word) {
        return vocabulary.index(word).map(vocabulary.names()::get);
    }

    private static void addOnce(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }
}
