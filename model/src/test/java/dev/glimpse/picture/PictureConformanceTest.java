package dev.glimpse.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real pictures in every orientation, and damaged or exotic ones, against what other decoders make of them. */
class PictureConformanceTest {
    private static final String DATA = System.getProperty("glimpse.data", "");

    @BeforeEach
    void needsData() {
        assumeTrue(!DATA.isEmpty(), "skipped: no data, set -Dglimpse.data");
    }

    @Test
    void everyOrientationComesOutUpright() throws Exception {
        Path folder = Path.of(DATA, "exif");
        int checked = 0;
        for (JsonNode expected : Json.read(folder.resolve("exif_expected.json"), JsonNode.class)) {
            String file = expected.path("file").asText();
            boolean tooSmall = expected.path("upright").path(1).asInt() < PictureHeader.SMALLEST_SIDE;
            if (!file.endsWith(".webp") && !tooSmall) {
                Picture picture = PictureDecoder.decode(Files.readAllBytes(folder.resolve(file)));
                assertThat(List.of(picture.width(), picture.height()))
                        .as(file)
                        .containsExactly(
                                expected.path("upright").path(0).asInt(),
                                expected.path("upright").path(1).asInt());
                assertGrid(file, picture, expected.path("grid4x4_rgb"));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(26);
    }

    @Test
    void decodedPixelsAreThoseOfTheOnnxProject() throws Exception {
        Path folder = Path.of(DATA, "onnx", "decoder-golden");
        for (String name : List.of("jpeg_rgb.jpg", "png_rgb.png")) {
            byte[] expected = Files.readAllBytes(folder.resolve(name.substring(0, name.indexOf('.')) + ".raw"));
            byte[] rgb = PictureDecoder.decode(Files.readAllBytes(folder.resolve(name)))
                    .rgb();
            assertThat(rgb).hasSameSizeAs(expected);
            for (int i = 0; i < rgb.length; i++) {
                assertThat(rgb[i] & 0xFF).as("%s, byte %d", name, i).isCloseTo(expected[i] & 0xFF, within(2));
            }
        }
    }

    private static void assertGrid(String file, Picture picture, JsonNode grid) {
        for (int cell = 0; cell < 16; cell++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(mean(picture, cell % 4, cell / 4, channel))
                        .as("%s, cell %d, channel %d", file, cell, channel)
                        .isCloseTo(grid.path(cell).path(channel).asDouble(), within(12.0));
            }
        }
    }

    private static double mean(Picture picture, int column, int row, int channel) {
        double sum = 0;
        int count = 0;
        for (int y = row * picture.height() / 4; y < (row + 1) * picture.height() / 4; y++) {
            for (int x = column * picture.width() / 4; x < (column + 1) * picture.width() / 4; x++) {
                sum += picture.rgb()[3 * (y * picture.width() + x) + channel] & 0xFF;
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void everyHostileFileIsAPictureOrOneClearRefusal() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(DATA, "hostile", "pillow"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(85);
            for (Path file : all) {
                assertOneOutcome(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void assertOneOutcome(String name, byte[] bytes) {
        try {
            Picture picture = PictureDecoder.decode(bytes);
            assertThat(picture.rgb()).as(name).hasSize(picture.width() * picture.height() * 3);
        } catch (PictureException refused) {
            assertThat(refused.getMessage()).as(name).isNotBlank();
        }
    }
}
