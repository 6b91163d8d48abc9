package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.network.Fusion;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.size.FusionSize;
import dev.glimpse.text.AnswerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers questions about stored pictures.
 *
 * @param manager long-lived
 * @param parameters an answering transformer
 */
record Answering(NDManager manager, Parameters parameters, FusionSize size, AnswerTable answers) {
    /**
     * The best answer to each question, in order.
     *
     * @param batch questions of one forward pass
     */
    List<String> answers(QuestionTask questions, int batch) {
        List<String> texts = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += batch) {
            int[] some = IntStream.range(from, Math.min(questions.size(), from + batch))
                    .toArray();
            try (NDManager step = manager.newSubManager()) {
                Fusion fusion = Fusion.evaluating(size, parameters.constant(step));
                NDArray states = FusionForward.encode(step, fusion, questions.batch(some))
                        .states();
                for (long best : fusion.answers(states).argMax(1).toLongArray()) {
                    texts.add(answers.text((int) best));
                }
            }
        }
        return texts;
    }
}
