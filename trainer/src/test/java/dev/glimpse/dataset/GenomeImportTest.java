package dev.glimpse.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenomeImportTest {
    @TempDir
    private Path folder = Path.of("");

    private final Tally tally = new Tally();

    @BeforeEach
    void write() throws IOException {
        for (String picture : new String[] {"VG_100K/2.jpg", "VG_100K_2/3.jpg", "VG_100K_2/25.jpg", "VG_100K/26.jpg"}) {
            Path file = folder.resolve(picture);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
        Files.writeString(folder.resolve("image_data.json"), """
                [{"width": 80, "url": "https://example.org/VG_100K/2.jpg", "height": 60, "image_id": 2, "coco_id": null,
                  "flickr_id": null},
                 {"width": 80, "height": 60, "image_id": 3, "coco_id": 11, "flickr_id": 5},
                 {"width": 80, "height": 60, "image_id": 25, "coco_id": null},
                 {"width": 80, "height": 60, "image_id": 26, "coco_id": 1}]""");
        Files.writeString(folder.resolve("objects.json"), """
                [{"image_id": 2, "objects": [
                  {"synsets": ["dog.n.01"], "h": 10, "object_id": 7, "merged_object_ids": [], "names": ["Puppy."], "w": 20,
                   "y": 5, "x": 4},
                  {"synsets": [], "h": 10, "object_id": 8, "names": ["grey red dog"], "w": 20, "y": 5, "x": 4},
                  {"synsets": [], "h": 10, "object_id": 9, "names": ["unicorn"], "w": 20, "y": 5, "x": 4},
                  {"synsets": [], "h": 0, "object_id": 10, "names": ["dog"], "w": 20, "y": 5, "x": 4},
                  {"synsets": [], "h": 50, "object_id": 11, "names": ["traffic light"], "w": 20, "y": 40, "x": 70}]},
                 {"image_id": 3, "objects": [{"h": 10, "object_id": 12, "names": ["dog"], "w": 20, "y": 5, "x": 4}]},
                 {"image_id": 404, "objects": []}]""");
        Files.writeString(folder.resolve("attributes.json"), """
                [{"image_id": 2, "attributes": [
                  {"synsets": [], "h": 10, "object_id": 7, "names": ["puppy"], "w": 20, "attributes": ["Grey", "sleepy"], "y": 5,
                   "x": 4}, {"object_id": 8, "names": ["grey red dog"], "h": 10, "w": 20, "y": 5, "x": 4}]}]""");
        Files.writeString(folder.resolve("objects_vocab.txt"), "traffic light,stop light\ndog,puppy\n");
        Files.writeString(folder.resolve("attributes_vocab.txt"), "gray,grey\nred\n");
    }

    @Test
    void objectsComeWithClassAndAttributesByAnyOfTheirWords() {
        Instances train = Instances.read(run(Optional.empty()).annotations("instances", "train"));
        assertThat(train.labels().classes()).containsExactly("traffic light", "dog");
        assertThat(train.labels().attributes()).containsExactly("gray", "red");
        AnnotatedPicture picture = train.pictures().get(0);
        assertThat(picture.file()).isEqualTo("VG_100K/2.jpg");
        assertThat(picture.objects()).extracting(o -> o.label()).containsExactly(1, 1, 0);
        assertThat(picture.objects().get(0).attributes()).containsExactly(0);
        assertThat(picture.objects().get(1).attributes()).containsExactly(0, 1);
        assertThat(train.summary()).contains("1 boxes that reach over their picture's edge");
    }

    @Test
    void whatTheVocabularyLacksIsCounted() {
        run(Optional.empty());
        StringWriter text = new StringWriter();
        tally.print(new PrintWriter(text));
        assertThat(text.toString())
                .contains("1 attributes outside the vocabulary (such as 'sleepy')")
                .contains("1 objects whose name is outside the vocabulary (such as 'unicorn')")
                .contains("1 objects without area (such as object 10 of image 2)")
                .contains("image 404");
    }

    @Test
    void picturesThatCaptionsAreTestedOnAreNotTrainedOn() throws IOException {
        Path coco = CocoFiles.write(folder.resolve("coco"));
        DataFolder captions = new DataFolder(folder.resolve("data/coco"));
        new CocoImport(coco, captions, Optional.of(CocoFiles.karpathy(coco)), false, false, tally).run();
        DataFolder out = run(Optional.of(captions));
        assertThat(pictures(out, "train")).containsExactlyInAnyOrder(2L, 26L);
        assertThat(pictures(out, "val")).containsExactlyInAnyOrder(3L, 25L); // 3 is COCO's 11, of its val
    }

    @Test
    void missingPictureIsNamed() throws IOException {
        Files.delete(folder.resolve("VG_100K/2.jpg"));
        assertThatThrownBy(() -> run(Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("image_data.json", "2 of");
    }

    @Test
    void wordForTwoClassesIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("twice.txt"), "dog,puppy\ncat,puppy\n");
        assertThatThrownBy(() -> GenomeVocabulary.read(file, "label_to_idx"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'puppy' stands for two classes");
    }

    @Test
    void numberedNamesOfVinvlAreReadInTheirOrder() throws IOException {
        Path file = Files.writeString(
                folder.resolve("dicts.json"), "{\"label_to_idx\": {\"b\": 2, \"a\": 1, \"__background__\": 0}}");
        assertThat(GenomeVocabulary.read(file, "label_to_idx").names()).containsExactly("a", "b");
    }

    private static java.util.List<Long> pictures(DataFolder out, String split) {
        return Instances.read(out.annotations("instances", split)).pictures().stream()
                .map(AnnotatedPicture::id)
                .toList();
    }

    private DataFolder run(Optional<DataFolder> coco) {
        DataFolder out = new DataFolder(folder.resolve("data/genome"));
        new GenomeImport(
                        folder,
                        out,
                        GenomeVocabulary.read(folder.resolve("objects_vocab.txt"), "label_to_idx"),
                        GenomeVocabulary.read(folder.resolve("attributes_vocab.txt"), "attribute_to_idx"),
                        coco,
                        false,
                        false,
                        tally)
                .run();
        return out;
    }
}
