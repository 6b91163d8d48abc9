package dev.glimpse.dataset;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse import coco}. */
@Command(
        name = "coco",
        description = {
            "COCO: captions and objects of every picture, divided into train, val and test.",
            "Reads DIR/annotations/{captions,instances}_{train,val}2017.json, DIR/train2017/ and DIR/val2017/, or 2014."
        })
final class CocoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Where COCO is unpacked.")
    private Path from = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Data folder to write.")
    private Path out = Path.of("");

    @Option(
            names = "--karpathy",
            paramLabel = "FILE",
            description =
                    "dataset_coco.json: the split that captions are compared on. Without it train2017 is train, and"
                            + " the pictures of val2017 are val and test by turns.")
    private Optional<Path> karpathy = Optional.empty();

    @Option(names = "--skip-missing", description = "Leave out pictures that are not on the disk; they are counted.")
    private boolean skipMissing;

    @Option(
            names = "--check",
            description = "Decode every picture, and leave out those that cannot be decoded or are of another size than"
                    + " annotated; they are counted. Takes some minutes; without it training stops at the first.")
    private boolean check;

    @Override
    public Integer call() {
        Tally tally = new Tally();
        PrintWriter print = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        new CocoImport(from, new DataFolder(out), karpathy, skipMissing, check, tally)
                .run()
                .forEach(print::println);
        tally.print(print);
        return 0;
    }
}
