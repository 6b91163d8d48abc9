package dev.glimpse.scene.question;

import dev.glimpse.scene.question.Question.Reply;
import dev.glimpse.scene.thing.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ten people who mostly agree on an answer and otherwise give one that could be defended. */
final class Crowd {
    private static final int PEOPLE = 10;

    private final Dice dice;

    Crowd(Dice dice) {
        this.dice = dice;
    }

    /** Asks ten people. {@code doubt} is the share of people who answer otherwise, with one of the alternatives. */
    Question ask(String text, String type, String answerType, String truth, double doubt, List<String> alternatives) {
        List<Reply> replies = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < PEOPLE; i++) {
            boolean astray = !alternatives.isEmpty() && i > 0 && dice.chance(doubt);
            String answer = astray ? dice.pick(alternatives) : truth;
            counts.merge(answer, 1, Integer::sum);
            replies.add(new Reply(answer, dice.chance(astray ? 0.5 : 0.92) ? "yes" : "maybe"));
        }
        String best = truth;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > counts.getOrDefault(best, 0)) {
                best = entry.getKey();
            }
        }
        return new Question(text, type, answerType, best, replies);
    }

    Question yesNo(String text, String type, boolean yes, double doubt) {
        return ask(text, type, "yes/no", yes ? "yes" : "no", doubt, List.of(yes ? "no" : "yes"));
    }

    Question number(String text, int count) {
        double doubt = count < 3 ? 0.06 : 0.2;
        List<String> near = count == 0 ? List.of("1") : List.of(String.valueOf(count - 1), String.valueOf(count + 1));
        return ask(text, "how many", "number", String.valueOf(count), doubt, near);
    }
}
