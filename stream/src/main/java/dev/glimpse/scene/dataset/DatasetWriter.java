package dev.glimpse.scene.dataset;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.metric.caption.CiderD;
import dev.glimpse.metric.caption.DocumentFrequency;
import dev.glimpse.metric.caption.Tokenisation;
import dev.glimpse.scene.question.Question;
import dev.glimpse.scene.thing.Dice;
import dev.glimpse.scene.view.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a whole data set into a folder. The bytes depend on seed, number and size of the pictures alone. */
public final class DatasetWriter {
    /** Version of the scene world: raised when the same seed gives other pictures or truth. */
    public static final String VERSION = "1";

    private static final int QUESTIONS_PER_IMAGE = 10;
    private static final int CAPTIONS_PER_IMAGE = 5;
    private static final int TELLINGS = 8; // of five voices each: whom the ceiling is chosen from

    private final Path folder;
    private final long seed;
    private final int images;
    private final int width;
    private final int height;

    public DatasetWriter(Path folder, long seed, int images, int width, int height) {
        this.folder = folder;
        this.seed = seed;
        this.images = images;
        this.width = width;
        this.height = height;
    }

    record Summary(
            String version,
            long seed,
            int images,
            int width,
            int height,
            int categories,
            int attributes,
            Map<String, Integer> splits) {}

    /**
     * Draws the pictures on all cores and writes every file; {@code dataset.json} comes last, so where it is, all is.
     *
     * @param drawn told after each picture, on any thread
     */
    public void write(Runnable drawn) {
        try {
            Map<String, Integer> splits = new LinkedHashMap<>();
            int first = 1;
            for (Split split : Split.values()) {
                int count = split.share(images);
                write(split, first, count, drawn);
                splits.put(split.word(), count);
                first += count;
            }
            Json.write(
                    folder.resolve("dataset.json"),
                    new Summary(
                            VERSION,
                            seed,
                            images,
                            width,
                            height,
                            Truth.categories().size(),
                            Truth.attributes().size(),
                            splits));
        } catch (IOException e) {
            throw new UserError(
                    "The data set could not be written to " + folder + ": " + e.getMessage()
                            + ". Check that the disk has room and the folder can be written.",
                    e);
        }
    }

    private static String fileName(int id) {
        return String.format("%012d.jpg", id);
    }

    /** What a picture leaves in memory once its JPEG is on disk. */
    private record Told(List<Seen> seen, List<String> captions, List<String> tellings, List<Question> questions) {}

    private void write(Split split, int first, int count, Runnable drawn) throws IOException {
        Path pictures = folder.resolve("images").resolve(split.word());
        Files.createDirectories(pictures);
        Path annotations = folder.resolve("annotations");
        Files.createDirectories(annotations);
        List<Told> told = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    Told one = draw(pictures, first + i, split);
                    drawn.run();
                    return one;
                })
                .toList();
        write(annotations, split, first, told);
    }

    private Told draw(Path pictures, int id, Split split) {
        Sample sample = Sample.of(Dice.mix(seed, id), split == Split.COMPOSE, width, height);
        Path file = pictures.resolve(fileName(id));
        try {
            Files.write(file, sample.jpeg());
        } catch (IOException e) {
            throw new UserError(
                    "The picture " + file + " could not be written: " + e.getMessage()
                            + ". Check that the disk has room and the folder can be written.",
                    e);
        }
        List<String> tellings = split == Split.TRAIN ? List.of() : sample.tellings(TELLINGS);
        return new Told(sample.view().seen(), sample.captions(), tellings, sample.questions());
    }

    private void write(Path annotations, Split split, int first, List<Told> told) throws IOException {
        Truth.Info info = new Truth.Info("Glimpse scenes, " + split.word(), VERSION, seed);
        List<Truth.Image> entries = new ArrayList<>();
        List<Truth.Instance> instances = new ArrayList<>();
        List<Truth.Caption> captions = new ArrayList<>();
        List<Truth.Asked> asked = new ArrayList<>();
        List<Truth.Answered> answered = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            int id = first + i;
            Told one = told.get(i);
            entries.add(new Truth.Image(id, fileName(id), width, height));
            for (int k = 0; k < one.seen().size(); k++) {
                instances.add(Truth.instance(id * 10 + k, id, one.seen().get(k)));
            }
            for (int k = 0; k < one.captions().size(); k++) {
                captions.add(new Truth.Caption(
                        id * CAPTIONS_PER_IMAGE + k, id, one.captions().get(k)));
            }
            for (int k = 0; k < one.questions().size(); k++) {
                Question question = one.questions().get(k);
                int questionId = id * QUESTIONS_PER_IMAGE + k;
                asked.add(new Truth.Asked(id, question.text(), questionId));
                answered.add(Truth.answered(questionId, id, question));
            }
        }
        String word = split.word();
        json(
                annotations.resolve("instances_" + word + ".json"),
                new Truth.Instances(info, entries, instances, Truth.categories(), Truth.attributes()));
        json(annotations.resolve("captions_" + word + ".json"), new Truth.Captions(info, entries, captions));
        if (split != Split.TRAIN) {
            json(annotations.resolve("ceiling_" + word + ".json"), ceiling(first, told));
        }
        json(
                annotations.resolve("questions_" + word + ".json"),
                new Truth.Questions(info, "Open-Ended", "scenes", word, asked));
        json(
                annotations.resolve("annotations_" + word + ".json"),
                new Truth.Annotations(info, "scenes", word, answered));
    }

    /**
     * What a speaker says who knows the whole scene and wants to please all voices: of many tellings of a picture, the one
     * closest to the others by CIDEr-D. The captions it will be scored against are not among them.
     */
    private static List<Truth.Said> ceiling(int first, List<Told> told) {
        List<List<String>> references = told.stream()
                .map(one -> Tokenisation.PTB.tokens(one.captions()))
                .toList();
        CiderD cider = new CiderD(DocumentFrequency.of(references));
        return IntStream.range(0, told.size())
                .parallel()
                .mapToObj(i -> {
                    List<String> tellings = told.get(i).tellings();
                    int best = cider.consensus(Tokenisation.PTB.tokens(tellings));
                    return new Truth.Said(first + i, tellings.get(best));
                })
                .toList();
    }

    /** On one line, as COCO's own files are: indented, ten thousand pictures' answers would take 60 MB. */
    private static void json(Path file, Object truth) throws IOException {
        AtomicFile.write(file, out -> Json.mapper()
                .writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValue(out, truth));
    }
}
