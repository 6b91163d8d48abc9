package dev.glimpse.annotation;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.box.Box;
import dev.glimpse.bundle.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one split with their objects.
 *
 * @param file where they come from
 * @param labels what the objects' numbers mean
 * @param categories the file's category number of each class
 * @param pictures in the order of the file
 * @param skipped what was left out or mended, by reason, with its number; empty for clean data
 */
public record Instances(
        Path file,
        Labels labels,
        List<Long> categories,
        List<AnnotatedPicture> pictures,
        Map<String, Integer> skipped) {
    private static final String CROWD = "groups that are not told apart (iscrowd) left out";
    private static final String EMPTY = "boxes without area inside their picture left out";
    private static final String CLIPPED = "boxes that reach over their picture's edge cut to it";

    public Instances {
        categories = List.copyOf(categories);
        pictures = List.copyOf(pictures);
        skipped = Map.copyOf(skipped);
    }

    /** Reads a split whose own categories and attributes, in the order of the file, are the labels. */
    public static Instances read(Path file) {
        InstancesFile raw = InstancesFile.read(file);
        List<String> classes =
                raw.categories().stream().map(InstancesFile.Category::name).toList();
        return new Reader(file, raw, new Labels(classes, raw.attributes())).read();
    }

    /**
     * Reads a split for a detector that is trained on other data.
     *
     * @param labels names of the classes; every category of the file must be one of them
     */
    public static Instances read(Path file, Labels labels) {
        return new Reader(file, InstancesFile.read(file), labels).read();
    }

    /**
     * Reads the pictures alone of any file in COCO's format, such as one of captions: no objects.
     *
     * @param labels of the detector that is to look at them
     * @throws dev.glimpse.error.UserError when the file is missing or malformed
     */
    public static Instances pictures(Path file, Labels labels) {
        InstancesFile raw = new InstancesFile(file, InstancesFile.images(file), List.of(), List.of());
        return new Reader(file, raw, labels).pictures();
    }

    /** One line for people: how much there is, and what was left out. */
    public String summary() {
        int objects = pictures.stream().mapToInt(p -> p.objects().size()).sum();
        StringBuilder text =
                new StringBuilder(String.format("%s: %d pictures, %d objects", file, pictures.size(), objects));
        skipped.forEach(
                (reason, count) -> text.append("; ").append(count).append(' ').append(reason));
        return text.toString();
    }

    private static List<String> orEmpty(@Nullable List<String> names) {
        return Optional.ofNullable(names).orElse(List.of());
    }

    private static final class Reader {
        private final Path file;
        private final InstancesFile raw;
        private final Labels labels;
        private final Map<Long, Integer> classes = new HashMap<>();
        private final Map<String, Integer> attributes = new HashMap<>();
        private final Map<Long, InstancesFile.Image> images = new LinkedHashMap<>();
        private final Map<Long, List<AnnotatedObject>> objects = new HashMap<>();
        private final Map<String, Integer> skipped = new HashMap<>();

        Reader(Path file, InstancesFile raw, Labels labels) {
            this.file = file;
            this.raw = raw;
            this.labels = labels;
        }

        Instances read() {
            for (InstancesFile.Category category : raw.categories()) {
                int label = labels.classes().indexOf(category.name());
                require(label >= 0, "%s: category '%s' is not one of the detector's classes", file, category.name());
                classes.put(category.id(), label);
            }
            for (int i = 0; i < labels.attributes().size(); i++) {
                attributes.put(labels.attributes().get(i), i);
            }
            raw.images().forEach(this::addImage);
            raw.annotations(this::addObject);
            return whole();
        }

        Instances pictures() {
            raw.images().forEach(this::addImage);
            return whole();
        }

        private Instances whole() {
            List<AnnotatedPicture> pictures = new ArrayList<>();
            for (InstancesFile.Image image : images.values()) {
                List<AnnotatedObject> found = objects.getOrDefault(image.id(), List.of());
                pictures.add(new AnnotatedPicture(image.id(), name(image), image.width(), image.height(), found));
            }
            return new Instances(file, labels, categories(), pictures, skipped);
        }

        /** The category number of each class; 0 for a class that this file has not. */
        private List<Long> categories() {
            Long[] numbers = new Long[labels.classes().size()];
            java.util.Arrays.fill(numbers, 0L);
            classes.forEach((number, label) -> numbers[label] = number);
            return List.of(numbers);
        }

        private void addImage(InstancesFile.Image image) {
            name(image);
            require(
                    image.width() > 0 && image.height() > 0,
                    "%s: image %d (%s) must have a positive size, found %d x %d",
                    file,
                    image.id(),
                    name(image),
                    image.width(),
                    image.height());
            require(images.put(image.id(), image) == null, "%s: image %d stands there twice", file, image.id());
        }

        private String name(InstancesFile.Image image) {
            String name = image.file();
            if (name == null) {
                throw new dev.glimpse.error.UserError(file + ": image " + image.id() + " has no file_name");
            }
            return name;
        }

        private void addObject(InstancesFile.Annotation annotation) {
            InstancesFile.Image image = images.get(annotation.image());
            Integer label = classes.get(annotation.category());
            require(
                    image != null,
                    "%s: annotation %d is of image %d, which is not listed",
                    file,
                    annotation.id(),
                    annotation.image());
            require(
                    label != null,
                    "%s: annotation %d has category %d, which is not listed",
                    file,
                    annotation.id(),
                    annotation.category());
            if (image == null || label == null) {
                return;
            }
            if (annotation.crowd()) {
                skipped.merge(CROWD, 1, Integer::sum);
                return;
            }
            Box whole = box(annotation);
            Box inside = whole.clip(image.width(), image.height());
            if (!(inside.width() > 0 && inside.height() > 0)) {
                skipped.merge(EMPTY, 1, Integer::sum);
                return;
            }
            float reach = Math.max(whole.width() - inside.width(), whole.height() - inside.height());
            if (reach > 1) {
                skipped.merge(CLIPPED, 1, Integer::sum);
            }
            objects.computeIfAbsent(image.id(), id -> new ArrayList<>())
                    .add(new AnnotatedObject(annotation.id(), label, inside, attributes(annotation)));
        }

        private Box box(InstancesFile.Annotation annotation) {
            double[] b = annotation.bbox();
            if (b == null || b.length != 4 || !Double.isFinite(b[0] + b[1] + b[2] + b[3])) {
                throw new dev.glimpse.error.UserError(file + ": annotation " + annotation.id()
                        + " needs bbox [left, top, width, height], found " + java.util.Arrays.toString(b));
            }
            return new Box((float) b[0], (float) b[1], (float) (b[0] + b[2]), (float) (b[1] + b[3]));
        }

        private List<Integer> attributes(InstancesFile.Annotation annotation) {
            List<Integer> found = new ArrayList<>();
            for (String name : orEmpty(annotation.attributes())) {
                Integer index = attributes.get(name);
                if (index == null) {
                    throw new dev.glimpse.error.UserError(file + ": annotation " + annotation.id() + " has attribute '"
                            + name + "', which is not in the list of attributes");
                }
                found.add(index);
            }
            return found;
        }
    }
}
