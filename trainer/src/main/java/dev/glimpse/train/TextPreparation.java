package dev.glimpse.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Labels;
import dev.glimpse.json.Json;
import dev.glimpse.text.AnswerTable;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.Question;
import dev.glimpse.text.QuestionFile;
import dev.glimpse.token.WordPieceVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Training texts in, {@code tokenizer.json} and {@code answers.json} out. */
final class TextPreparation {
    private TextPreparation() {}

    static void write(Job job) {
        TrainConfig config = job.config();
        List<Question> questions = QuestionFile.read(
                config.data().annotations("questions", "train"), config.data().annotations("annotations", "train"));
        Json.write(
                RunFiles.answers(job.run()),
                AnswerTable.build(questions, config.vqa().minAnswers()));
        Optional<Path> given = Start.file(config, Start.TOKENIZER);
        if (given.isPresent()) {
            Json.write(RunFiles.tokenizer(job.run()), Json.read(given.get(), JsonNode.class));
            return;
        }
        List<String> texts = new ArrayList<>();
        CaptionFile.read(config.data().annotations("captions", "train")).forEach(p -> texts.addAll(p.captions()));
        questions.forEach(q -> texts.add(q.text()));
        for (String tag : Json.read(RunFiles.labels(job.run()), Labels.class).classes()) {
            for (int i = 0; i < config.text().minCount(); i++) { // a tag always is a word of its own
                texts.add(tag);
            }
        }
        WordPieceVocabulary.write(
                RunFiles.tokenizer(job.run()),
                WordPieceVocabulary.build(
                        texts, config.text().vocabulary(), config.text().minCount()));
    }
}
