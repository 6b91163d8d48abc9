package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.vqa.VqaQuestion;
import dev.glimpse.text.CaptionedPicture;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeopleTest {
    @Test
    void peopleWhoSayTheSameAgreeFully() {
        List<CaptionedPicture> captioned = List.of(
                new CaptionedPicture(1, "1.jpg", List.of("a red ball rolls fast", "a red ball rolls fast")),
                new CaptionedPicture(2, "2.jpg", List.of("two dogs sleep here", "two dogs sleep here")));
        assertThat(People.cider(captioned)).isCloseTo(10, within(1e-9));
    }

    @Test
    void oneCaptionAgreesWithNobody() {
        List<CaptionedPicture> captioned = List.of(new CaptionedPicture(1, "1.jpg", List.of("a ball")));
        assertThatThrownBy(() -> People.cider(captioned))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("needs two captions of every picture");
    }

    @Test
    void whatSomebodyElseSaidIsHeldAgainstAllPeople() {
        List<CaptionedPicture> captioned = List.of(
                new CaptionedPicture(1, "1.jpg", List.of("a red ball rolls fast", "a red ball rolls fast")),
                new CaptionedPicture(2, "2.jpg", List.of("two dogs sleep here", "two dogs sleep here")));
        CaptionResults both = new CaptionResults("b", Map.of(1L, "a red ball rolls fast", 2L, "two dogs sleep here"));
        CaptionResults half = new CaptionResults("h", Map.of(1L, "a red ball rolls fast", 2L, "nothing"));
        CaptionResults one = new CaptionResults("ceiling_test", Map.of(1L, "a red ball rolls fast"));
        assertThat(People.cider(captioned, both)).isCloseTo(10, within(1e-9));
        assertThat(People.cider(captioned, half)).isCloseTo(5, within(1e-9));
        assertThatThrownBy(() -> People.cider(captioned, one))
                .isInstanceOf(UserError.class)
                .hasMessage("ceiling_test says nothing of picture 2");
    }

    @Test
    void accuracyIsThatOfTheMostFrequentAnswer() {
        VqaQuestion agreed = VqaQuestion.of("1", "1", "what", "other", Collections.nCopies(10, "red"));
        VqaQuestion alone =
                VqaQuestion.of("2", "1", "what", "other", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        assertThat(People.accuracy(List.of(agreed))).isCloseTo(100, within(1e-9));
        assertThat(People.accuracy(List.of(agreed, alone))).isCloseTo(65, within(1e-6)); // 9 of 10 sets: 1/3 each
    }
}
