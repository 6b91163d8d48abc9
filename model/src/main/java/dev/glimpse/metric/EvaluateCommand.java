package dev.glimpse.metric;

import dev.glimpse.cli.Cli;
import dev.glimpse.metric.box.BoxesCommand;
import dev.glimpse.metric.caption.CaptionsCommand;
import dev.glimpse.metric.vqa.VqaCommand;
import picocli.CommandLine.Command;

/** {@code glimpse evaluate}: files with truth and results in, scores out. */
@Command(
        name = "evaluate",
        synopsisSubcommandLabel = "captions|vqa|boxes",
        description = "Score captions, answers or boxes as the published programs do. See docs/evaluation.md.",
        subcommands = {CaptionsCommand.class, VqaCommand.class, BoxesCommand.class})
public final class EvaluateCommand {
    /** Runs the command. */
    public static void main(String[] arguments) {
        Cli.main(new EvaluateCommand(), arguments);
    }
}
