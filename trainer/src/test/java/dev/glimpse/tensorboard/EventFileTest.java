package dev.glimpse.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void crcIsCastagnolisMaskedAsInTensorFlow() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII); // whose CRC-32C is e3069283, as in RFC 3720
        assertThat(Records.checksum(digits)).isEqualTo(((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8);
    }

    @Test
    void fileBeginsWithItsVersionAndHoldsScalarsByStep() throws IOException {
        EventFile file = new EventFile(folder, 0);
        file.append(20, Map.of("loss", 1.5));
        file.append(40, Map.of("val words", 0.25));
        List<Event> events = events();
        assertThat(events).hasSize(3);
        assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
        assertThat(events.get(1).step()).isEqualTo(20);
        assertThat(events.get(1).scalars()).isEqualTo(Map.of("loss", 1.5));
        assertThat(events.get(2).scalars()).isEqualTo(Map.of("val words", 0.25));
        assertThat(events.get(2).time()).isBetween(1.7e9, 1e11);
    }

    @Test
    void resumedFileHasEachStepOnceAndNothingUnfinished() throws IOException {
        EventFile first = new EventFile(folder, 0);
        first.append(20, Map.of("loss", 3.0));
        first.append(40, Map.of("loss", 2.0));
        byte[] torn = Records.frame(new Event(0, 60, "", Map.of("loss", 1.0)).bytes());
        Files.write(path(), Arrays.copyOf(torn, torn.length - 3), StandardOpenOption.APPEND);
        new EventFile(folder, 20).append(40, Map.of("loss", 2.5));
        assertThat(events().stream().map(Event::step)).containsExactly(0L, 20L, 40L);
        assertThat(events().get(2).scalars()).isEqualTo(Map.of("loss", 2.5));
    }

    @Test
    void anyFlippedBitEndsTheRecordsBeforeIt() throws IOException {
        new EventFile(folder, 0).append(20, Map.of("loss", 3.0));
        byte[] bytes = Files.readAllBytes(path());
        int first = Records.frame(Records.read(bytes).get(0)).length;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(Records.read(flipped)).as("bit %d", bit).hasSize(bit / 8 < first ? 0 : 1);
        }
    }

    @Test
    void recordIsLengthChecksumBytesChecksumInLittleEndian() {
        ByteBuffer frame = ByteBuffer.wrap(Records.frame(new byte[] {7, 8, 9})).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(frame.getLong()).isEqualTo(3);
        assertThat(frame.getInt()).isEqualTo(Records.checksum(new byte[] {3, 0, 0, 0, 0, 0, 0, 0}));
        assertThat(new byte[] {frame.get(), frame.get(), frame.get()}).containsExactly(7, 8, 9);
        assertThat(frame.getInt()).isEqualTo(Records.checksum(new byte[] {7, 8, 9}));
        assertThat(frame.hasRemaining()).isFalse();
    }

    private Path path() {
        return folder.resolve(EventFile.NAME);
    }

    private List<Event> events() throws IOException {
        return Records.read(Files.readAllBytes(path())).stream().map(Event::of).toList();
    }
}
