package dev.glimpse.metric.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VqaAccuracyTest {
    private static double accuracy(int agree, String prediction, Normalisation normalisation) {
        List<String> answers = new ArrayList<>(Collections.nCopies(agree, "2"));
        answers.addAll(Collections.nCopies(10 - agree, "red"));
        VqaQuestion question = VqaQuestion.of("1", "1", "how many", "number", answers);
        return VqaAccuracy.accuracy(question.answers(), prediction, normalisation);
    }

    @Test
    void leavingOneOutGivesThirtySixtyNinetyHundred() {
        assertThat(accuracy(1, "2", Normalisation.REFERENCE)).isCloseTo(0.3, within(1e-12));
        assertThat(accuracy(2, "2", Normalisation.REFERENCE)).isCloseTo(0.6, within(1e-12));
        assertThat(accuracy(3, "2", Normalisation.REFERENCE)).isCloseTo(0.9, within(1e-12));
        assertThat(accuracy(4, "2", Normalisation.REFERENCE)).isCloseTo(1, within(1e-12));
    }

    @Test
    void unanimousAnswersAreNotNormalisedToday() {
        assertThat(accuracy(10, "two.", Normalisation.REFERENCE)).isZero();
        assertThat(accuracy(10, "two.", Normalisation.ALWAYS)).isEqualTo(1);
        assertThat(accuracy(9, "two.", Normalisation.REFERENCE)).isEqualTo(1);
    }

    @Test
    void answersAlikeInEverythingAreLeftOutTogether() {
        List<HumanAnswer> twins = Collections.nCopies(10, new HumanAnswer("yes", ""));
        assertThat(VqaAccuracy.accuracy(twins, "yes", Normalisation.REFERENCE)).isZero();
    }

    @Test
    void noMoreThanThirtyTwoFullStopsGo() {
        assertThat(AnswerNormaliser.punctuation(".".repeat(40))).isEqualTo("........");
    }

    @Test
    void typesAreAveragedApart() {
        List<String> yes = Collections.nCopies(10, "yes");
        VqaScores scores = VqaAccuracy.score(
                List.of(
                        VqaQuestion.of("1", "a", "is", "yes/no", yes),
                        VqaQuestion.of("2", "a", "is", "yes/no", yes),
                        VqaQuestion.of("3", "b", "what", "other", yes)),
                Map.of("1", "yes", "2", "no", "3", "yes"),
                Normalisation.REFERENCE);
        assertThat(scores.overall()).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(scores.perAnswerType()).containsEntry("yes/no", 50.0).containsEntry("other", 100.0);
        assertThat(scores.perQuestionType()).containsEntry("is", 50.0);
        assertThat(scores.perQuestion()).containsEntry("2", 0.0);
    }

    @Test
    void aQuestionWithoutAnAnswerIsNamed() {
        List<VqaQuestion> questions = List.of(VqaQuestion.of("1", "a", "is", "other", List.of("x")));
        assertThatThrownBy(() -> VqaAccuracy.score(questions, Map.of(), Normalisation.REFERENCE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("question 1");
    }
}
