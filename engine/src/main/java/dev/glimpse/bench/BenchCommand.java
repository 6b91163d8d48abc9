package dev.glimpse.bench;

import dev.glimpse.cli.Cli;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code glimpse bench}: what can be measured. The launcher sends those of other modules there by their second word. */
@Command(
        name = "bench",
        description = "Measure on this machine. Tell what.",
        synopsisSubcommandLabel = "WHAT",
        footer =
                "Four more have a help of their own: 'glimpse bench decoding --help' measures what cached keys and values save,"
                        + " 'glimpse bench models --help' what a student costs beside its teacher,"
                        + " 'glimpse bench stream --help' what Kafka costs the captions,"
                        + " 'glimpse bench faults --help' what becomes of frames when brokers and workers break.",
        subcommands = {BenchEnginesCommand.class, BenchPicturesCommand.class})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before run()
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        Cli.main(new BenchCommand(), arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "tell what to measure: " + String.join(", ", spec.subcommands().keySet()));
    }
}
