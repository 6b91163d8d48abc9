package dev.glimpse.metric.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenisationTest {
    private static String tokens(String caption) {
        return Tokenisation.PTB.tokens(List.of(caption)).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The dog isn't here; it's gone.|the dog is n't here it 's gone",
                "They’re there, don’t you see?|they 're there do n't you see",
                "I cannot, gonna, wanna go|i can not gon na wan na go",
                "'Tis 5 o'clock, O'Brien|'t is 5 o'clock o'brien",
                "rock 'n' roll of the '90s|rock 'n' roll of the '90s",
                "ma'am said y'all|ma'am said y' all"
            })
    void contractionsAreCutAsInTheTreebank(String caption, String expected) {
        assertThat(tokens(caption)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mr. Smith of St. Louis at 5 p.m. in the U.S. today|mr. smith of st. louis at 5 p.m. in the u.s. today",
                "The dog. A cat.|the dog a cat",
                "Nos. 5 and No. 7, no. none|nos. 5 and no. 7 no none",
                "a train., a bus|a train. a bus",
                "mass. of Mass. today|mass of mass. today",
                "plan B. The end|plan b the end",
                "plan B. the end|plan b. the end"
            })
    void fullStopsBelongToAbbreviationsOnly(String caption, String expected) {
        assertThat(tokens(caption)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1,000.50 at 10:45 is 50% of $3|1,000.50 at 10:45 is 50 % of $ 3",
                "US$5 £5 €5 5¢|us$ 5 # 5 $ 5 5 cents",
                "2 1/2 feet, ½ inch, 50th|2\u00A01/2 feet 1/2 inch 50th",
                "call (555) 123-4567 on 10/12/2014|call -lrb-555-rrb-\u00A0123-4567 on 10/12/2014",
                "a 3-year-old's x-ray|a 3-year-old 's x-ray",
                "black-and-white TV/radio and/or AT&T|black-and-white tv/radio and/or at&t"
            })
    void numbersAndCompoundsStayTogether(String caption, String expected) {
        assertThat(tokens(caption)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a (left) [x] {y}|a -lrb- left -rrb- -lsb- x -rsb- -lcb- y -rcb-",
                "\"stop\" ‘go’ «x» wait... no -- yes — so…|stop go x wait no yes so",
                "see www.x.com, http://x.com/a?b=c. or me@x.com|see www.x.com http://x.com/a?b=c or me@x.com",
                "@user #sun :) ^_^ <b>bold</b> &amp;|@user #sun :-rrb- ^_^ <b> bold </b> &",
                "what?! a!!! b?|what ?! a !!! b",
                "a * b + c = d_e ~ #1|a * b + c = d_e ~ # 1"
            })
    void marksAreTokensNamedOrDropped(String caption, String expected) {
        assertThat(tokens(caption)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"crème brûlée 寿司 Привет,crème brûlée 寿司 привет", "a😀b 👍🏽 c,a b c", "90°F ☺ ²,90 ° f ☺ ²"})
    void lettersOfAllScriptsAreWordsAndEmojiAreDropped(String caption, String expected) {
        assertThat(tokens(caption)).isEqualTo(expected);
    }

    @Test
    void emptyAndBlankCaptionsHaveNoTokens() {
        assertThat(Tokenisation.PTB.tokens(List.of("", "  ", "...", "\n"))).containsExactly("", "", "", "");
    }

    @Test
    void lineBreaksInACaptionAreBlanks() {
        assertThat(Tokenisation.PTB.tokens(List.of("a\nb\r\nc\u2028d", "e"))).containsExactly("a b c d", "e");
    }

    @Test
    void theNextCaptionDecidesOnAFullStop() {
        assertThat(Tokenisation.PTB.tokens(List.of("plan B.", "The end"))).containsExactly("plan b", "the end");
        assertThat(Tokenisation.PTB.tokens(List.of("plan B.", "an end"))).containsExactly("plan b.", "an end");
        assertThat(Tokenisation.PTB.tokens(List.of("No.", "5 dogs"))).containsExactly("no.", "5 dogs");
    }

    @Test
    void longWordsAndLongCaptionsAreTokenised() {
        String word = "x".repeat(100_000);
        String caption = "a dog's life ".repeat(20_000);
        List<String> tokens = Tokenisation.PTB.tokens(List.of(word + "-" + word + "?", caption));
        assertThat(tokens.get(0)).isEqualTo(word + "-" + word);
        assertThat(tokens.get(1).split(" ")).hasSize(80_000);
        for (String part : List.of("a.", "a-", "a'", "1,", "a_b", "<a ", "x.y@", "!?", "’a", "A&", "a/")) {
            assertThat(tokens(part.repeat(5000))).isNotEmpty();
        }
    }

    @Test
    void tokensStayAsTheyAreOnRequest() {
        assertThat(Tokenisation.NONE.tokens(List.of("A Dog's  life."))).containsExactly("A Dog's  life.");
    }

    @Test
    void captionsKeepTheirPictures() {
        Map<String, List<String>> captions = new LinkedHashMap<>();
        captions.put("7", List.of("A dog.", "Dogs!"));
        captions.put("x", List.of());
        captions.put("3", List.of("A cat."));
        assertThat(Tokenisation.PTB.all(captions))
                .containsEntry("7", List.of("a dog", "dogs"))
                .containsEntry("x", List.of())
                .containsEntry("3", List.of("a cat"));
    }
}
