package dev.glimpse.fault.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.fault.verifier.Expectation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CorpusTest {
    @Test
    void sameNumberGivesTheSameDamageAndOthersOtherDamage() throws Exception {
        Corpus corpus = Corpus.of(Path.of(""));
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            byte[] mutated = corpus.mutated(i);
            assertThat(mutated).isEqualTo(corpus.mutated(i));
            different.add(Arrays.hashCode(mutated));
        }
        assertThat(different).hasSizeGreaterThan(195);
    }

    @Test
    void someMutationsCanStillBeDecodedAndOthersCannot() throws Exception {
        Corpus corpus = Corpus.of(Path.of(""));
        long good = 0;
        for (int i = 0; i < 200; i++) {
            good += Expectation.ofPicture(frame(corpus.mutated(i))).isPresent() ? 1 : 0;
        }
        assertThat(good).isBetween(5L, 195L);
    }

    @Test
    void noCraftedPictureThrowsAnythingElseThanARefusal() {
        Unmixed unmixed = new Unmixed();
        for (int i = 0; i < 200; i++) {
            unmixed.of(frame(CraftedPictures.of(i)));
        }
        assertThat(unmixed.decoded()).isPositive();
        assertThat(unmixed.mixed()).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> frame(byte[] picture) {
        return new ConsumerRecord<>("frames", 0, 0, new byte[] {'a'}, picture);
    }
}
