package dev.glimpse.cost;

import static dev.glimpse.error.UserError.require;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.detector.C4Size;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.run.Devices;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.train.TeacherConfig;
import dev.glimpse.train.TrainConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse bench models CONFIG.yaml}: settings with a teacher in, what a picture costs teacher and student out. */
@Command(
        name = "bench models",
        description =
                "Compare teacher and student of a configuration on the trainer's own engine, on one thread of the CPU:"
                        + " parameters, multiply-adds of one picture, and time, measured in turns. Weights are random, which costs the"
                        + " same; every picture has as many regions as there can be, every caption as many words.",
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class ModelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CONFIG.yaml",
            description = "settings of a run with a teacher, such as configs/tiny/train.yaml")
    private Path config;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "take the numbers of classes, attributes, word pieces and answers from this run or bundle,"
                    + " instead of the options of these names")
    private Optional<Path> run = Optional.empty();

    @Option(names = "--classes", paramLabel = "N", defaultValue = "1591", description = "default: ${DEFAULT-VALUE}")
    private int classes;

    @Option(names = "--attributes", paramLabel = "N", defaultValue = "524", description = "default: ${DEFAULT-VALUE}")
    private int attributes;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            defaultValue = "30522",
            description = "word pieces; default: ${DEFAULT-VALUE}, those of BERT")
    private int vocabulary;

    @Option(names = "--answers", paramLabel = "N", defaultValue = "3129", description = "default: ${DEFAULT-VALUE}")
    private int answers;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "12",
            description = "word pieces of a caption; default: ${DEFAULT-VALUE}")
    private int words;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "20",
            description = "measured runs of each, after one that is not; default: ${DEFAULT-VALUE}")
    private int repeats;

    @Option(names = "--json", paramLabel = "FILE", description = "also write all figures there")
    private Optional<Path> json = Optional.empty();

    public static void main(String[] arguments) {
        Cli.main(new ModelsCommand(), arguments);
    }

    @Override
    public Integer call() {
        TrainConfig settings = StrictYaml.load(config, TrainConfig.class);
        TeacherConfig teacher = settings.teacher()
                .orElseThrow(
                        () -> new UserError(
                                config
                                        + ": there is no section teacher to compare with; name settings that have one, such as configs/tiny/train.yaml"));
        int most = settings.fusion().layout().caption() - 2;
        require(words > 0 && words <= most, "--words: expected 1 to %d, the longest caption, found %d", most, words);
        require(repeats > 0, "--repeats: expected at least 1, found %d", repeats);
        Counts counts = run.map(Counts::of).orElseGet(() -> new Counts(classes, attributes, vocabulary, answers));
        Comparison comparison = compare(settings, teacher, counts);
        PrintWriter out = spec.commandLine().getOut();
        out.print(comparison.table());
        out.flush();
        json.ifPresent(file -> Json.write(file, comparison));
        return 0;
    }

    /** PyTorch reads the number of its threads when it starts; with one, processor time is that of this thread. */
    private Comparison compare(TrainConfig settings, TeacherConfig teacher, Counts counts) {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        Device cpu = Devices.parse("cpu").get(0);
        try (NDManager manager = NDManager.newBaseManager(cpu);
                Networks theirs = teacher(manager, settings, teacher, counts);
                Networks own = student(manager, settings, counts)) {
            List<Cost> costs = Cost.measure(List.of(theirs, own), words, repeats);
            int processors = Runtime.getRuntime().availableProcessors();
            return new Comparison(settings.name(), processors, counts, words, costs.get(0), costs.get(1));
        }
    }

    private Networks teacher(NDManager manager, TrainConfig settings, TeacherConfig teacher, Counts counts) {
        C4Size detector = teacher.detector().network().size(counts.labels());
        TrainConfig.Fusion fusion = teacher.fusion().with(settings.fusion().layout());
        FusionSize size = fusion.size(counts.vocabulary(), detector.feature(), counts.answers());
        return Networks.teacher(manager, detector, size, fusion.layout(), counts, words);
    }

    private Networks student(NDManager manager, TrainConfig settings, Counts counts) {
        DetectorSize detector = settings.detector().network().size(counts.labels());
        TrainConfig.Fusion fusion = settings.fusion();
        FusionSize size = fusion.size(counts.vocabulary(), detector.feature(), counts.answers());
        return Networks.student(manager, detector, size, fusion.layout(), counts, words);
    }
}
