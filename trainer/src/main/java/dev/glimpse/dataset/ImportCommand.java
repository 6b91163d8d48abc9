package dev.glimpse.dataset;

import dev.glimpse.cli.Cli;
import dev.glimpse.weight.WeightsCommand;
import picocli.CommandLine.Command;

/** {@code glimpse import}: public data sets and weights in, files that the trainer reads out. */
@Command(
        name = "import",
        synopsisSubcommandLabel = "coco|vqa|genome|features|vocabulary|weights",
        description = {
            "Bring public data sets and weights into the trainer's own files. Pictures are linked, not copied.",
            "docs/paper.md tells the whole way, from a download to a run."
        },
        subcommands = {
            CocoCommand.class,
            VqaImportCommand.class,
            GenomeCommand.class,
            FeaturesCommand.class,
            VocabularyCommand.class,
            WeightsCommand.class
        })
public final class ImportCommand {
    /** Runs the command. */
    public static void main(String[] arguments) {
        Cli.main(new ImportCommand(), arguments);
    }
}
