package dev.glimpse.scene;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.cli.Cli;
import dev.glimpse.scene.dataset.DatasetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code glimpse scenes}: writes pictures of procedural scenes with their truth. */
@Command(
        name = "scenes",
        mixinStandardHelpOptions = true,
        description = "Draw a data set of procedural scenes: pictures, boxes, captions, questions.")
public final class ScenesCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--images",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Pictures in all: 80 %% train, 6 %% val, 8 %% test, 6 %% compose. Default ${DEFAULT-VALUE}.")
    private int images;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Same seed, same bytes.")
    private long seed;

    @Option(names = "--width", defaultValue = "320", paramLabel = "W", description = "Pixels; the height is 3/4 of it.")
    private int width;

    @Override
    public Integer call() throws Exception {
        require(images >= 10, "--images needs at least 10, so that every split has one; found %d", images);
        require(width >= 64 && width <= 1920, "--width needs 64 to 1920 pixels, found %d", width);
        requireEmpty();
        long start = System.nanoTime();
        try (Tally tally = new Tally("pictures", images)) {
            new DatasetWriter(out, seed, images, width, width * 3 / 4).write(tally::count);
        }
        System.out.printf(Locale.ROOT, "%,d pictures in %.1f s: %s%n", images, (System.nanoTime() - start) / 1e9, out);
        return 0;
    }

    private void requireEmpty() throws IOException {
        require(!Files.exists(out) || Files.isDirectory(out), "--out needs a folder, found the file %s", out);
        if (Files.isDirectory(out)) {
            try (Stream<Path> files = Files.list(out)) {
                require(
                        files.findAny().isEmpty(),
                        "--out needs a new or empty folder, found files in %s; remove it or name another",
                        out);
            }
        }
    }

    /** Runs the command. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        Cli.main(new ScenesCommand(), args);
    }
}
