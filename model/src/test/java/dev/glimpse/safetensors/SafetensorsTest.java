package dev.glimpse.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path sample() {
        Path file = folder.resolve("sample.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of("glimpse.kind", "test"),
                Map.of(
                        "b", new FloatTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
                        "a", new FloatTensor(new long[] {}, new float[] {-0.5f})));
        return file;
    }

    @Test
    void whatIsWrittenIsRead() {
        try (SafetensorsReader reader = SafetensorsReader.open(sample())) {
            assertThat(reader.names()).containsExactly("a", "b");
            assertThat(reader.metadata("glimpse.kind")).isEqualTo("test");
            assertThat(reader.shape("b")).containsExactly(2, 3);
            assertThat(reader.floats("b")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(reader.floats("a")).containsExactly(-0.5f);
        }
    }

    @Test
    void halfAndBrainFloatsAreWidened() throws IOException {
        String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[6,8]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        bytes.putShort((short) 0x3C00)
                .putShort((short) 0xC000)
                .putShort((short) 0x0001)
                .putShort((short) 0x3FC0);
        Path file = Files.write(folder.resolve("half.safetensors"), bytes.array());
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertThat(reader.floats("h")).containsExactly(1, -2, 0x1p-24f);
            assertThat(reader.floats("b")).containsExactly(1.5f);
        }
    }

    @Test
    void aMissingTensorIsNamed() {
        try (SafetensorsReader reader = SafetensorsReader.open(sample())) {
            assertThatThrownBy(() -> reader.floats("c"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("has no tensor 'c'; it has [a, b]");
        }
    }

    @Test
    void aCutFileIsRefusedAtOpening() throws IOException {
        byte[] whole = Files.readAllBytes(sample());
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.safetensors"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsReader.open(cut)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void damagedHeadersNeverEscapeAsAnythingButAUserError() throws IOException {
        byte[] whole = Files.readAllBytes(sample());
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length - 28)] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("damaged.safetensors"), damaged);
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                reader.names().forEach(reader::floats);
            } catch (UserError expected) {
                assertThat(expected).hasMessageContaining("damaged.safetensors");
            }
        }
    }
}
