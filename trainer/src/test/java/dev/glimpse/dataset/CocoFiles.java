package dev.glimpse.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A COCO of five pictures, as its makers name their files. */
final class CocoFiles {
    private static final String IMAGE =
            "{\"id\": %d, \"file_name\": \"%012d.jpg\", \"width\": 20, \"height\": 10, \"license\": 3}";

    private CocoFiles() {}

    /** Pictures 1, 2, 3 of train2017 and 11, 12 of val2017; picture 3 has an empty caption, picture 2 a crowd. */
    static Path write(Path root) throws IOException {
        Files.createDirectories(root.resolve("annotations"));
        for (long id : new long[] {1, 2, 3}) {
            picture(root.resolve("train2017"), id);
        }
        for (long id : new long[] {11, 12}) {
            picture(root.resolve("val2017"), id);
        }
        captions(root, "train", images(1, 2, 3), """
                {"image_id": 1, "id": 101, "caption": "A dog."}, {"image_id": 1, "id": 102, "caption": " Two\\ndogs "},
                {"image_id": 2, "id": 103, "caption": "A cat."}, {"image_id": 3, "id": 104, "caption": "  "},
                {"image_id": 3, "id": 105, "caption": "A bird."}""");
        captions(root, "val", images(11, 12), """
                {"image_id": 11, "id": 111, "caption": "A cow."}, {"image_id": 12, "id": 112, "caption": "A hen."}""");
        instances(root, "train", images(1, 2, 3), """
                {"id": 1, "image_id": 1, "category_id": 18, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0,
                 "segmentation": [[1, 2, 3, 4, 5, 6]]},
                {"id": 2, "image_id": 2, "category_id": 17, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 1,
                 "segmentation": {"counts": [1, 2], "size": [10, 20]}}""");
        instances(root, "val", images(11, 12), """
                {"id": 3, "image_id": 12, "category_id": 17, "bbox": [0, 0, 20, 10], "area": 200, "iscrowd": 0}""");
        return root;
    }

    /** {@code dataset_coco.json}: 1 train, 2 restval, 3 test, 11 val, and a picture that is not there; 12 is not named. */
    static Path karpathy(Path root) throws IOException {
        return Files.writeString(root.resolve("dataset_coco.json"), """
                {"images": [
                 {"filepath": "train2014", "sentids": [1], "filename": "COCO_train2014_000000000001.jpg", "imgid": 0,
                  "split": "train", "sentences": [{"tokens": ["a", "dog"], "raw": "A dog.", "imgid": 0, "sentid": 1}],
                  "cocoid": 1},
                 {"cocoid": 2, "split": "restval"}, {"cocoid": 3, "split": "test"}, {"cocoid": 11, "split": "val"},
                 {"cocoid": 99, "split": "train"}], "dataset": "coco"}
                """);
    }

    private static void picture(Path folder, long id) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(String.format("%012d.jpg", id)), new byte[] {1});
    }

    private static String images(long... ids) {
        StringBuilder text = new StringBuilder();
        for (long id : ids) {
            text.append(text.isEmpty() ? "" : ",\n").append(IMAGE.formatted(id, id));
        }
        return text.toString();
    }

    private static void captions(Path root, String part, String images, String annotations) throws IOException {
        Files.writeString(
                root.resolve("annotations/captions_" + part + "2017.json"), """
                {"info": {"year": 2017}, "licenses": [], "images": [%s], "annotations": [%s]}
                """.formatted(images, annotations));
    }

    private static void instances(Path root, String part, String images, String annotations) throws IOException {
        Files.writeString(
                root.resolve("annotations/instances_" + part + "2017.json"), """
                {"info": {}, "licenses": [], "images": [%s], "annotations": [%s],
                 "categories": [{"supercategory": "animal", "id": 17, "name": "cat"}, {"id": 18, "name": "dog"}]}
                """.formatted(images, annotations));
    }
}
