package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.dataset.CocoRecords.Annotation;
import dev.glimpse.dataset.CocoRecords.Caption;
import dev.glimpse.dataset.CocoRecords.Category;
import dev.glimpse.dataset.CocoRecords.Image;
import dev.glimpse.json.JsonStream;
import dev.glimpse.json.JsonStream.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * COCO as its makers publish it in ({@code annotations/{captions,instances}_{train,val}2017.json}, {@code train2017/}, {@code
 * val2017/}, or the same of 2014), our data folder out: captions, instances and links for train, val and test.
 */
final class CocoImport {
    private static final List<String> PARTS = List.of("train", "val");

    private final Path from;
    private final DataFolder out;
    private final Tally tally;
    private final MissingPictures missing;
    private final boolean check;
    private final PictureFolders pictures;
    private final Optional<Map<Long, String>> karpathy;
    private final Map<Long, String> splits = new HashMap<>();
    private final Map<String, List<Image>> images = new LinkedHashMap<>();

    /**
     * @param check whether every picture is decoded, and left out when that fails
     * @param karpathy {@code dataset_coco.json}; without it train is train, and every second picture of val, by its place
     *     in the file, is test [D]
     */
    CocoImport(Path from, DataFolder out, Optional<Path> karpathy, boolean skipMissing, boolean check, Tally tally) {
        this.from = from;
        this.out = out;
        this.tally = tally;
        this.check = check;
        this.missing = new MissingPictures(from, skipMissing, tally);
        this.pictures = new PictureFolders(from, List.of("train2017", "val2017", "train2014", "val2014"));
        this.karpathy = karpathy.map(KarpathySplit::read);
        DataFolder.SPLITS.forEach(split -> images.put(split, new ArrayList<>()));
    }

    /** @return one line a split, of what was written */
    List<String> run() {
        String year = Files.exists(file("captions", "train", "2017")) ? "2017" : "2014";
        PARTS.forEach(part -> divide(file("captions", part, year), part));
        missing.check();
        if (check) {
            PictureCheck.run(from, images, splits, tally);
        }
        require(!splits.isEmpty(), "%s: no picture of it belongs to a split; is the split file that of COCO?", from);
        Map<String, Long> captions = captions(year);
        Map<String, Long> objects = Files.exists(file("instances", "train", year)) ? instances(year) : Map.of();
        pictures.folders().forEach(out::link);
        return images.entrySet().stream()
                .map(e -> String.format(
                        "%s: %,d pictures, %,d captions, %,d objects",
                        e.getKey(),
                        e.getValue().size(),
                        captions.getOrDefault(e.getKey(), 0L),
                        objects.getOrDefault(e.getKey(), 0L)))
                .toList();
    }

    private Path file(String kind, String part, String year) {
        return from.resolve("annotations").resolve(kind + "_" + part + year + ".json");
    }

    /** Puts the pictures of a file into their splits. */
    private void divide(Path file, String part) {
        int[] place = {0};
        JsonStream.required(file, new Part<>("images", Image.class, image -> {
            Optional<String> split = karpathy.isPresent()
                    ? karpathy.map(k -> k.get(image.id()))
                    : Optional.of(part.equals("train") ? "train" : place[0]++ % 2 == 0 ? "val" : "test");
            Optional<String> path = pictures.file(image.id());
            if (split.isEmpty()) {
                tally.add("pictures that the split file does not name", "image " + image.id());
            } else if (path.isEmpty()) {
                missing.add(file, image.id());
            } else {
                splits.put(image.id(), split.get());
                images.computeIfAbsent(split.get(), s -> new ArrayList<>())
                        .add(new Image(image.id(), path.get(), image.width(), image.height()));
            }
        }));
    }

    private Map<String, Long> captions(String year) {
        Map<String, Long> counts = new HashMap<>();
        Map<String, ListsFile> files = out.begin("captions");
        try {
            files.forEach((split, file) -> file.list("images", images.getOrDefault(split, List.of())));
            files.values().forEach(file -> file.list("annotations"));
            for (String part : PARTS) {
                Path source = file("captions", part, year);
                JsonStream.required(source, new Part<>("annotations", Caption.class, caption -> {
                    String text = caption.caption() == null
                            ? ""
                            : caption.caption().strip().replaceAll("\\s+", " ");
                    if (text.isEmpty()) {
                        tally.add("empty captions", "caption " + caption.id() + " of image " + caption.imageId());
                    } else {
                        add(files, counts, caption.imageId(), new Caption(caption.id(), caption.imageId(), text));
                    }
                }));
            }
            files.values().forEach(ListsFile::finish);
            return counts;
        } finally {
            files.values().forEach(ListsFile::close);
        }
    }

    private Map<String, Long> instances(String year) {
        Map<String, Long> counts = new HashMap<>();
        List<Category> categories = categories(year);
        Map<String, ListsFile> files = out.begin("instances");
        try {
            files.values().forEach(file -> file.list("categories", categories));
            files.forEach((split, file) -> file.list("images", images.getOrDefault(split, List.of())));
            files.values().forEach(file -> file.list("annotations"));
            for (String part : PARTS) {
                Path source = file("instances", part, year);
                JsonStream.required(
                        source, new Part<>("annotations", Annotation.class, a -> add(files, counts, a.imageId(), a)));
            }
            files.values().forEach(ListsFile::finish);
            return counts;
        } finally {
            files.values().forEach(ListsFile::close);
        }
    }

    private List<Category> categories(String year) {
        List<List<Category>> found = PARTS.stream()
                .map(part -> {
                    List<Category> categories = new ArrayList<>();
                    JsonStream.required(
                            file("instances", part, year), new Part<>("categories", Category.class, categories::add));
                    return categories;
                })
                .toList();
        require(
                found.get(0).equals(found.get(1)),
                "%s: expected the categories of %s, found others",
                file("instances", "val", year),
                file("instances", "train", year));
        return found.get(0);
    }

    /** Adds an element to the file of its picture's split; a picture that was left out takes its elements with it. */
    private void add(Map<String, ListsFile> files, Map<String, Long> counts, long picture, Object element) {
        String split = splits.get(picture);
        ListsFile file = split == null ? null : files.get(split);
        if (split == null || file == null) {
            tally.add("captions and objects of pictures that were left out or that no file lists", "image " + picture);
        } else {
            file.add(element);
            counts.merge(split, 1L, Long::sum);
        }
    }
}
