package dev.glimpse.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.box.Box;
import dev.glimpse.bundle.Labels;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
    @TempDir
    Path folder;

    @Test
    void objectsComeWithTheirPictureInTheOrderOfTheFile() throws IOException {
        Instances read = Instances.read(file("""
                {"id": 1, "image_id": 8, "category_id": 7, "bbox": [1, 2, 3, 4], "iscrowd": 0, "segmentation": [[1, 2]],
                 "attributes": ["blue", "red"]},
                {"id": 2, "image_id": 8, "category_id": 3, "bbox": [0, 0, 10, 20], "iscrowd": 0}"""));
        assertThat(read.labels()).isEqualTo(new Labels(List.of("dog", "cat"), List.of("red", "blue")));
        assertThat(read.categories()).containsExactly(7L, 3L);
        assertThat(read.pictures()).hasSize(2);
        AnnotatedPicture picture = read.pictures().get(1);
        assertThat(picture.file()).isEqualTo("b.jpg");
        assertThat(picture.objects())
                .containsExactly(
                        new AnnotatedObject(1, 0, new Box(1, 2, 4, 6), List.of(1, 0)),
                        new AnnotatedObject(2, 1, new Box(0, 0, 10, 20), List.of()));
        assertThat(read.skipped()).isEmpty();
    }

    @Test
    void crowdsAndEmptyBoxesAreLeftOutAndReported() throws IOException {
        Instances read = Instances.read(file("""
                {"id": 1, "image_id": 8, "category_id": 7, "bbox": [1, 2, 3, 4], "iscrowd": 1},
                {"id": 2, "image_id": 8, "category_id": 7, "bbox": [1, 2, 0, 4], "iscrowd": 0},
                {"id": 3, "image_id": 8, "category_id": 7, "bbox": [50, 2, 9, 4], "iscrowd": 0},
                {"id": 4, "image_id": 8, "category_id": 7, "bbox": [30, 2, 20, 4], "iscrowd": 0}"""));
        assertThat(read.pictures().get(1).objects())
                .extracting(AnnotatedObject::box)
                .containsExactly(new Box(30, 2, 40, 6));
        assertThat(read.summary()).contains("1 objects", "1 groups", "2 boxes without area", "1 boxes that reach");
    }

    @Test
    void theFaultyRecordIsNamed() throws IOException {
        refuses(
                "{\"id\": 5, \"image_id\": 99, \"category_id\": 7, \"bbox\": [1, 2, 3, 4]}",
                "annotation 5",
                "image 99");
        refuses(
                "{\"id\": 5, \"image_id\": 8, \"category_id\": 1, \"bbox\": [1, 2, 3, 4]}",
                "annotation 5",
                "category 1");
        refuses(
                "{\"id\": 5, \"image_id\": 8, \"category_id\": 7, \"bbox\": [1, 2, 3]}",
                "annotation 5",
                "[1.0, 2.0, 3.0]");
        refuses("{\"id\": 5, \"image_id\": 8, \"category_id\": 7}", "annotation 5", "bbox");
        refuses(
                "{\"id\": 5, \"image_id\": 8, \"category_id\": 7, \"bbox\": [1, 2, 3, 4], \"attributes\": [\"shiny\"]}",
                "annotation 5",
                "'shiny'");
        refuses("{\"id\": \"x\"}", "instances.json:");
    }

    @Test
    void aClassThatTheDetectorDoesNotKnowIsRefused() throws IOException {
        Path file = file("");
        assertThatThrownBy(() -> Instances.read(file, new Labels(List.of("dog"), List.of())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'cat'");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Instances.read(folder.resolve("none.json")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.json");
    }

    private void refuses(String annotation, String... parts) throws IOException {
        Path file = file(annotation);
        assertThatThrownBy(() -> Instances.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(parts);
    }

    private Path file(String annotations) throws IOException {
        String text = """
                {"info": {"year": 2026}, "licenses": [],
                 "images": [{"id": 4, "file_name": "a.jpg", "width": 10, "height": 10, "license": 3},
                            {"id": 8, "file_name": "b.jpg", "width": 40, "height": 30}],
                 "categories": [{"id": 7, "name": "dog", "supercategory": "animal"}, {"id": 3, "name": "cat"}],
                 "attributes": ["red", "blue"],
                 "annotations": [%s]}""".formatted(annotations);
        return Files.writeString(folder.resolve("instances.json"), text);
    }
}
