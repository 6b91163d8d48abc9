package dev.glimpse.dataset;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse import vqa}. */
@Command(
        name = "vqa",
        description = {
            "VQA v2: questions and answers about COCO's pictures. Import COCO first: a question goes where its picture is.",
            "Reads DIR/v2_OpenEnded_mscoco_{train,val}2014_questions.json and DIR/v2_mscoco_{train,val}2014_annotations.json."
        })
final class VqaImportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Where the four files are.")
    private Path from = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Data folder that COCO was imported to.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Tally tally = new Tally();
        PrintWriter print = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        new VqaImport(from, new DataFolder(out), tally).run().forEach(print::println);
        tally.print(print);
        return 0;
    }
}
