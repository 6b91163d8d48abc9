package dev.glimpse.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {
    @Test
    void samePlaceDrawsTheSameNumbers() {
        assertThat(new Seed(7).at("mask").at(3).random().nextLong())
                .isEqualTo(new Seed(7).at("mask").at(3).random().nextLong());
    }

    @Test
    void neighbouringPlacesDrawDifferentNumbers() {
        Set<Long> seen = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            for (String name : new String[] {"mask", "order", "Aa", "BB"}) {
                for (int index = 0; index < 100; index++) {
                    seen.add(new Seed(seed).at(name).at(index).random().nextLong());
                }
            }
        }
        assertThat(seen).hasSize(10 * 4 * 100);
    }
}
