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

/** {@code glimpse import genome}. */
@Command(
        name = "genome",
        description = {
            "Visual Genome: objects with attributes, for the detectors (data.objects in the settings of a run).",
            "Reads DIR/{image_data,objects,attributes}.json, DIR/VG_100K/ and DIR/VG_100K_2/."
        })
final class GenomeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Where Visual Genome is unpacked.")
    private Path from = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Data folder to write.")
    private Path out = Path.of("");

    @Option(
            names = "--objects",
            required = true,
            paramLabel = "FILE",
            description = "Classes: objects_vocab.txt (one a line, other words for it after commas), or VinVL's"
                    + " VG-SGG-dicts-vgoi6-clipped.json.")
    private Path objects = Path.of("");

    @Option(
            names = "--attributes",
            required = true,
            paramLabel = "FILE",
            description = "Attributes: attributes_vocab.txt, or the same .json.")
    private Path attributes = Path.of("");

    @Option(
            names = "--coco",
            paramLabel = "DIR",
            description =
                    "Data folder that COCO was imported to: half of these pictures are COCO's, and those of its val and"
                            + " test are kept out of train. Without it captions of val and test are about pictures that the"
                            + " detectors were trained on.")
    private Optional<Path> coco = Optional.empty();

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
        GenomeVocabulary classes = GenomeVocabulary.read(objects, "label_to_idx");
        GenomeVocabulary words = GenomeVocabulary.read(attributes, "attribute_to_idx");
        new GenomeImport(
                        from, new DataFolder(out), classes, words, coco.map(DataFolder::new), skipMissing, check, tally)
                .run()
                .forEach(print::println);
        tally.print(print);
        return 0;
    }
}
