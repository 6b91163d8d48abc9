package dev.glimpse.captioner;

import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code glimpse caption}: picture files in, one caption each on stdout. A file that is no picture costs one message on
 * stderr; the others are captioned, and the exit code is 1.
 */
@Command(
        name = "caption",
        description = "Caption pictures, or answer a question about each. Needs no broker.",
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class CaptionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "JPEG or PNG files.")
    private List<Path> pictures;

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "Bundle, directory or zip; default: the repository's.")
    private Optional<Path> bundle;

    @Option(names = "--json", description = "One line of JSON per picture.")
    private boolean json;

    @Option(
            names = "--draw",
            paramLabel = "OUT_DIR",
            description = "Also write each picture there with boxes and caption.")
    private Optional<Path> draw;

    @Option(names = "--question", paramLabel = "TEXT", description = "Also answer this about each picture.")
    private Optional<String> question;

    @Option(
            names = "--beams",
            paramLabel = "N",
            defaultValue = "1",
            description = "Hypotheses per caption; 1, the default, is greedy.")
    private int beams;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Processor threads of one network; default: all processors.")
    private Optional<Integer> threads;

    public static void main(String[] arguments) {
        Cli.main(new CaptionCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (draw.isPresent()) {
            Files.createDirectories(draw.get());
        }
        int failed = 0;
        try (BundleCaptioner captioner = open()) {
            for (Path file : pictures) {
                try {
                    caption(captioner, file);
                } catch (UserError e) {
                    spec.commandLine().getErr().println("glimpse: " + e.getMessage());
                    failed++;
                }
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private BundleCaptioner open() {
        int processors = threads.orElse(Runtime.getRuntime().availableProcessors());
        return engine.captioner(bundle.orElseGet(DefaultBundle::path), processors, beams);
    }

    private void caption(BundleCaptioner captioner, Path file) throws IOException {
        Stopwatch watch = new Stopwatch();
        Picture picture = decode(file);
        Sight sight = captioner.look(List.of(picture)).get(0);
        Optional<Answer> answer =
                question.map(text -> captioner.answer(sight, List.of(text)).get(0));
        CaptionReport report = new CaptionReport(file, sight, answer, watch.lap());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text());
        out.flush();
        if (draw.isPresent()) {
            SightDrawing.write(draw.get(), file, picture, sight, answer);
        }
    }

    private static Picture decode(Path file) {
        UserError.require(
                Files.isRegularFile(file),
                "%s: expected a picture, found %s",
                file,
                Files.isDirectory(file)
                        ? "a directory; name the pictures in it, such as " + file.resolve("*.jpg")
                        : "no such file; check the path");
        try {
            return PictureDecoder.decode(Files.readAllBytes(file));
        } catch (PictureException e) {
            throw new UserError("%s: %s; %s".formatted(file, e.getMessage(), advice(e.reason())), e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String advice(PictureException.Reason reason) {
        return switch (reason) {
            case EMPTY, DAMAGED -> "copy it again from where it came from";
            case NOT_A_PICTURE -> "give a JPEG or PNG file";
            case UNSUPPORTED -> "save it as an ordinary JPEG or PNG";
            case TOO_LARGE -> "scale it down";
            case TOO_SMALL -> "give a larger picture";
        };
    }
}
