package dev.glimpse.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.annotation.Instances;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.run.Digest;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.CaptionedPicture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoImportTest {
    @TempDir
    private Path folder = Path.of("");

    private Path coco = Path.of("");
    private final Tally tally = new Tally();

    @BeforeEach
    void write() throws IOException {
        coco = CocoFiles.write(folder.resolve("coco"));
    }

    @Test
    void theTrainerReadsWhatWasImported() {
        DataFolder out = run(Optional.empty(), false);
        assertThat(CaptionFile.read(out.annotations("captions", "train")))
                .containsExactly(
                        new CaptionedPicture(1, "train2017/000000000001.jpg", List.of("A dog.", "Two dogs")),
                        new CaptionedPicture(2, "train2017/000000000002.jpg", List.of("A cat.")),
                        new CaptionedPicture(3, "train2017/000000000003.jpg", List.of("A bird.")));
        Instances train = Instances.read(out.annotations("instances", "train"));
        assertThat(train.labels().classes()).containsExactly("cat", "dog");
        assertThat(train.pictures()).hasSize(3);
        assertThat(train.summary()).contains("1 objects", "1 groups");
        assertThat(out.root()
                        .resolve("images/train")
                        .resolve(train.pictures().get(2).file()))
                .hasSize(1);
    }

    @Test
    void picturesOfValAreValAndTestByTurns() {
        DataFolder out = run(Optional.empty(), false);
        assertThat(CaptionFile.read(out.annotations("captions", "val")))
                .extracting(CaptionedPicture::id)
                .containsExactly(11L);
        assertThat(CaptionFile.read(out.annotations("captions", "test")))
                .extracting(CaptionedPicture::id)
                .containsExactly(12L);
    }

    @Test
    void karpathysSplitPutsRestvalIntoTrainAndReportsWhatItDoesNotName() throws IOException {
        DataFolder out = run(Optional.of(CocoFiles.karpathy(coco)), false);
        assertThat(CaptionFile.read(out.annotations("captions", "train")))
                .extracting(CaptionedPicture::id)
                .containsExactly(1L, 2L);
        assertThat(CaptionFile.read(out.annotations("captions", "test")))
                .extracting(CaptionedPicture::id)
                .containsExactly(3L);
        assertThat(CaptionFile.read(out.annotations("captions", "val")))
                .extracting(CaptionedPicture::fileName)
                .containsExactly("val2017/000000000011.jpg");
        assertThat(report()).contains("1 pictures that the split file does not name", "image 12");
    }

    @Test
    void emptyCaptionsAreCounted() {
        run(Optional.empty(), false);
        assertThat(report()).contains("left out: 1 empty captions (such as caption 104 of image 3)");
    }

    @Test
    void missingPictureIsAnErrorThatNamesItOrACountedSkip() throws IOException {
        Files.delete(coco.resolve("train2017/000000000002.jpg"));
        assertThatThrownBy(() -> run(Optional.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("1 annotated pictures", "2 of", "captions_train2017.json", "--skip-missing");
        DataFolder out = run(Optional.empty(), true);
        assertThat(CaptionFile.read(out.annotations("captions", "train")))
                .extracting(CaptionedPicture::id)
                .containsExactly(1L, 3L);
        assertThat(Instances.read(out.annotations("instances", "train")).summary())
                .doesNotContain("groups");
        assertThat(report()).contains("1 " + MissingPictures.REASON, "image 2");
    }

    @Test
    void aFailedImportLeavesNoAnnotationFile() throws IOException {
        Path captions = coco.resolve("annotations/captions_val2017.json");
        Files.writeString(captions, Files.readString(captions).replace("\"A hen.\"", "7, \"broken\""));
        assertThatThrownBy(() -> run(Optional.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("captions_val2017.json");
        assertThat(folder.resolve("data/annotations"))
                .satisfiesAnyOf(
                        f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
    }

    @Test
    void picturesThatCannotBeUsedAreLeftOutWhenAskedTo() throws IOException {
        for (int id : new int[] {1, 2, 11, 12}) {
            String folder = id < 10 ? "train2017" : "val2017";
            int width = id == 2 ? 30 : 20;
            byte[] jpeg = PictureEncoder.jpeg(new Picture(width, 16, new byte[width * 16 * 3]), 90);
            Files.write(coco.resolve(String.format("%s/%012d.jpg", folder, id)), jpeg);
        }
        for (String part : List.of("train", "val")) {
            Path captions = coco.resolve("annotations/captions_" + part + "2017.json");
            Files.writeString(captions, Files.readString(captions).replace("\"height\": 10", "\"height\": 16"));
        }
        DataFolder out = run(Optional.empty(), false, true);
        assertThat(CaptionFile.read(out.annotations("captions", "train")))
                .extracting(CaptionedPicture::id)
                .containsExactly(1L);
        assertThat(report())
                .contains(
                        "2 " + PictureCheck.REASON, "000000000002.jpg, 30 x 16 instead of 20 x 16", "000000000003.jpg");
    }

    @Test
    void captionsOfPicturesThatNoFileListsAreCounted() throws IOException {
        Path captions = coco.resolve("annotations/captions_train2017.json");
        Files.writeString(captions, Files.readString(captions).replace("\"image_id\": 2,", "\"image_id\": 77,"));
        run(Optional.empty(), false);
        assertThat(report())
                .contains("1 captions and objects of pictures that were left out or that no file lists", "image 77");
    }

    @Test
    void digestOfLinkedPicturesChangesWithThem() throws IOException {
        DataFolder out = run(Optional.empty(), false);
        Path images = out.root().resolve("images/train");
        String before = Digest.of(images);
        Files.write(coco.resolve("train2017/000000000001.jpg"), new byte[] {1, 2});
        assertThat(Digest.of(images)).isNotEqualTo(before);
    }

    private DataFolder run(Optional<Path> karpathy, boolean skipMissing) {
        return run(karpathy, skipMissing, false);
    }

    private DataFolder run(Optional<Path> karpathy, boolean skipMissing, boolean check) {
        DataFolder out = new DataFolder(folder.resolve("data"));
        new CocoImport(coco, out, karpathy, skipMissing, check, tally).run();
        return out;
    }

    private String report() {
        StringWriter text = new StringWriter();
        tally.print(new PrintWriter(text));
        return text.toString();
    }
}
