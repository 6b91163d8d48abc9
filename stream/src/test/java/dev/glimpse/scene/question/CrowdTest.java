package dev.glimpse.scene.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.scene.thing.Dice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdTest {
    @Test
    void peopleWithoutDoubtAllTellTheTruth() {
        Question question = new Crowd(new Dice(1)).ask("what is it?", "what is", "other", "dog", 0, List.of("cat"));
        assertThat(question.answers()).hasSize(10).allMatch(r -> r.answer().equals("dog"));
        assertThat(question.best()).isEqualTo("dog");
    }

    @Test
    void doubtfulPeopleDisagreeWithOneOfTheAlternatives() {
        Crowd crowd = new Crowd(new Dice(2));
        long astray = IntStream.range(0, 400)
                .mapToObj(i -> crowd.ask("what is it?", "what is", "other", "dog", 0.2, List.of("cat", "fox")))
                .flatMap(q -> q.answers().stream())
                .peek(r -> assertThat(r.answer()).isIn("dog", "cat", "fox"))
                .filter(r -> !r.answer().equals("dog"))
                .count();
        assertThat(astray / 4000.0).isBetween(0.15, 0.21); // the first person never errs
    }

    @Test
    void bestAnswerIsTheMostFrequentEvenWhereItIsWrong() {
        Question question = new Crowd(new Dice(3)).yesNo("is it?", "is it", true, 1);
        assertThat(question.best()).isEqualTo("no");
    }
}
