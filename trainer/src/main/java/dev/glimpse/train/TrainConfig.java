package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.distillation.AnswerDistillation;
import dev.glimpse.distillation.WordDistillation;
import dev.glimpse.feature.ImportedFeatures;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a run: one YAML file. Every field is required but whole sections that say so.
 *
 * @param name name of the run; its directory is {@code runs/NAME} unless {@code --run} says otherwise
 * @param seed seed of all randomness
 * @param scst training on the reward of captions after fine-tuning on them; without it there is none
 * @param teacher what the student is distilled from; without it the student learns from the data alone
 * @param start files that networks and vocabulary begin with, by the name of their part: tokenizer, student-detector, student,
 *     teacher-detector, teacher; what is not named begins at random
 */
public record TrainConfig(
        String name,
        long seed,
        Data data,
        DetectorConfig detector,
        Text text,
        Fusion fusion,
        Pretrain pretrain,
        Caption caption,
        Optional<Scst> scst,
        Vqa vqa,
        Evaluate evaluate,
        Optional<TeacherConfig> teacher,
        Optional<Map<String, Path>> start) {
    public TrainConfig {
        start.ifPresent(Start::check);
        require(
                pretrain.initialise() != Initialise.TEACHER
                        || start.filter(files -> files.containsKey(Start.STUDENT))
                                .isEmpty(),
                "the student cannot begin with two files: leave out start.%s, or set pretrain.initialise to random",
                Start.STUDENT);
        boolean taught = pretrain.distillation().isPresent()
                || caption.distillation().isPresent()
                || vqa.distillation().isPresent()
                || pretrain.initialise() == Initialise.TEACHER
                || caption.teacherCaptions() != TeacherCaptions.NONE;
        require(
                !taught || teacher.isPresent(),
                "the student is to learn from a teacher, but there is no section teacher; add one, or set the weights of distillation "
                        + "to 0, pretrain.initialise to random and caption.teacherCaptions to none");
        teacher.map(TeacherConfig::fusion)
                .ifPresent(t -> require(
                        t.heads() == fusion.heads(),
                        "attention is compared head by head: fusion.heads is %d, teacher.fusion.heads is %d; make them equal",
                        fusion.heads(),
                        t.heads()));
        require(name.matches("[a-z0-9][a-z0-9-]*"), "name must be lower-case letters, digits and '-', was '%s'", name);
    }

    /** A run that begins at random and has no scst. */
    public TrainConfig(
            String name,
            long seed,
            Data data,
            DetectorConfig detector,
            Text text,
            Fusion fusion,
            Pretrain pretrain,
            Caption caption,
            Vqa vqa,
            Evaluate evaluate,
            Optional<TeacherConfig> teacher) {
        this(
                name,
                seed,
                data,
                detector,
                text,
                fusion,
                pretrain,
                caption,
                Optional.empty(),
                vqa,
                evaluate,
                teacher,
                Optional.empty());
    }

    /**
     * Where pictures and texts are.
     *
     * @param folder holds {@code annotations/{captions,questions,annotations,instances}_SPLIT.json} and {@code
     *     images/SPLIT/} for the splits train, val, test and, where present, compose; relative to the working directory
     * @param objects folder of the same layout, of which the detectors learn: it needs {@code instances_SPLIT.json} of train
     *     and val. The same folder, or another data set, such as Visual Genome beside COCO's captions
     */
    public record Data(Path folder, Path objects) {
        /** One data set for everything. */
        public Data(Path folder) {
            this(folder, folder);
        }

        /** The data that the detectors learn from. */
        public Data ofDetectors() {
            return new Data(objects);
        }

        /** Features that were imported for this data set; they need not exist. */
        public ImportedFeatures features() {
            return new ImportedFeatures(folder.resolve("features"));
        }

        /** Whether the regions' classes are those of this data set's objects. */
        public boolean hasDetectorClasses() {
            return folder.equals(objects) && !features().exist();
        }

        /** The file that lists the pictures of a split: that of its captions or, without captions, of its objects. */
        public Path pictures(String split) {
            Path captions = annotations("captions", split);
            return Files.exists(captions) ? captions : annotations("instances", split);
        }

        /** An annotation file, such as {@code captions} of {@code train}. */
        public Path annotations(String kind, String split) {
            return folder.resolve("annotations").resolve(kind + "_" + split + ".json");
        }

        public Path images(String split) {
            return folder.resolve("images").resolve(split);
        }
    }

    /**
     * The vocabulary, built from training captions, questions and tags.
     *
     * Of no meaning where {@code start} names a tokenizer.
     *
     * @param vocabulary most word pieces
     * @param minCount words seen less often fall apart into their letters
     */
    public record Text(int vocabulary, int minCount) {}

    /**
     * Size of the fusion transformer; vocabulary, answers and region feature follow from the files.
     *
     * @param dropout rate in embeddings and after each sub-layer, in [0, 1)
     * @param attentionDropout rate in attention distributions, in [0, 1)
     */
    public record Fusion(
            int layers,
            int width,
            int heads,
            int feedForward,
            double dropout,
            double attentionDropout,
            TokenLayout layout) {
        public Fusion {
            require(dropout >= 0 && dropout < 1, "dropout must lie in [0, 1), was %s", dropout);
            require(
                    attentionDropout >= 0 && attentionDropout < 1,
                    "attentionDropout must lie in [0, 1), was %s",
                    attentionDropout);
        }

        /**
         * The whole size.
         *
         * @param vocabulary word pieces
         * @param feature length of a region's feature
         * @param answers known answers
         */
        public FusionSize size(int vocabulary, int feature, int answers) {
            int positions = Math.max(layout.caption() + layout.tags(), layout.question());
            return new FusionSize(layers, width, heads, feedForward, vocabulary, positions, feature, answers);
        }
    }

    /**
     * How words are hidden.
     *
     * @param fraction share of the candidates, in (0, 1]; at least one is hidden
     * @param limit most hidden words of a sample
     */
    public record Masking(double fraction, int limit) {
        public Masking {
            require(fraction > 0 && fraction <= 1, "fraction must lie in (0, 1], was %s", fraction);
            require(limit > 0, "limit must be positive, was %d", limit);
        }
    }

    /** What the student's weights are before pre-training. */
    public enum Initialise {
        /** Random. */
        RANDOM,
        /** Taken from the teacher as far as the shapes allow. */
        TEACHER
    }

    /**
     * Pre-training: hidden words of captions and tags, and whether tags and picture belong together.
     *
     * @param mismatched share of samples with another picture's tags, in [0, 1)
     * @param share share of the captioned training pictures that are used, the first ones, in (0, 1]
     * @param initialise what the weights are before
     * @param distillation what is learnt from the teacher beside
     */
    public record Pretrain(
            OptimizerSettings optimizer,
            Masking masking,
            double mismatched,
            double share,
            Initialise initialise,
            Optional<WordDistillation> distillation) {
        public Pretrain {
            require(mismatched >= 0 && mismatched < 1, "mismatched must lie in [0, 1), was %s", mismatched);
            requireShare(share);
            distillation = distillation.filter(d -> d.weights().any());
        }

        /** Of random weights, with all pictures and no teacher. */
        public Pretrain(OptimizerSettings optimizer, Masking masking, double mismatched) {
            this(optimizer, masking, mismatched, 1, Initialise.RANDOM, Optional.empty());
        }
    }

    /** Which captions that the teacher writes the student learns. */
    public enum TeacherCaptions {
        /** None. */
        NONE,
        /** One of each picture of the share, beside those that people wrote. */
        SHARE,
        /** One of every training picture, also of those whose captions by people the share leaves out. */
        ALL
    }

    /**
     * Fine-tuning on captions.
     *
     * @param share share of the captioned training pictures that are used, the first ones, in (0, 1]; scst uses the same
     * @param teacherCaptions which captions of the teacher's are learnt beside those of people
     * @param distillation what is learnt from the teacher beside
     */
    public record Caption(
            OptimizerSettings optimizer,
            Masking masking,
            double labelSmoothing,
            double share,
            TeacherCaptions teacherCaptions,
            Optional<WordDistillation> distillation) {
        public Caption {
            requireShare(share);
            require(
                    labelSmoothing >= 0 && labelSmoothing < 1,
                    "labelSmoothing must lie in [0, 1), was %s",
                    labelSmoothing);
            distillation = distillation.filter(d -> d.weights().any());
        }

        /** With all pictures and no teacher. */
        public Caption(OptimizerSettings optimizer, Masking masking, double labelSmoothing) {
            this(optimizer, masking, labelSmoothing, 1, TeacherCaptions.NONE, Optional.empty());
        }
    }

    /**
     * Self-critical sequence training.
     *
     * @param optimizer a batch counts pictures
     * @param samples captions drawn per picture
     */
    public record Scst(OptimizerSettings optimizer, int samples) {
        public Scst {
            require(samples > 0, "samples must be positive, was %d", samples);
        }
    }

    /**
     * Fine-tuning on questions.
     *
     * @param minAnswers answers given less often in training are left out
     * @param share share of the training pictures with questions that are used, the first ones, in (0, 1]
     * @param distillation what is learnt from the teacher beside
     */
    public record Vqa(
            OptimizerSettings optimizer, int minAnswers, double share, Optional<AnswerDistillation> distillation) {
        public Vqa {
            requireShare(share);
            require(minAnswers > 0, "minAnswers must be positive, was %d", minAnswers);
            distillation = distillation.filter(d -> d.weights().any());
        }

        /** With all pictures and no teacher. */
        public Vqa(OptimizerSettings optimizer, int minAnswers) {
            this(optimizer, minAnswers, 1, Optional.empty());
        }
    }

    /**
     * Evaluation on the splits test and compose.
     *
     * @param batch pictures or questions of one forward pass
     * @param beams hypotheses of beam search; greedy is reported beside it
     * @param samples pictures shown in the report
     */
    public record Evaluate(int batch, int beams, int samples) {
        public Evaluate {
            require(batch > 0, "batch must be positive, was %d", batch);
            require(beams > 0, "beams must be positive, was %d", beams);
            require(samples >= 0, "samples must not be negative, was %d", samples);
        }
    }

    private static void requireShare(double share) {
        require(share > 0 && share <= 1, "share must lie in (0, 1], was %s", share);
    }
}
