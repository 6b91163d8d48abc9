package dev.glimpse.cli;

import dev.glimpse.error.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Starts a command: exit code 0 done, 1 failed, 2 wrong use. Errors go to stderr, without a stack trace unless asked for
 * with {@code --verbose}. Every command has {@code --help} and {@code --verbose} from here.
 */
public final class Cli {
    private static final String VERBOSE = "--verbose";

    private Cli() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(Object command, String... arguments) {
        System.exit(run(command, arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(Object command, String... arguments) {
        CommandLine line = new CommandLine(command);
        addCommonOptions(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, failed, parsed) -> {
            failed.getErr().println("glimpse: " + message(exception));
            if (isVerbose(parsed)) {
                exception.printStackTrace(failed.getErr());
            }
            return 1;
        });
        return line.execute(arguments);
    }

    private static void addCommonOptions(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help and exit.")
                    .build());
        }
        if (spec.findOption(VERBOSE) == null) {
            spec.addOption(OptionSpec.builder(VERBOSE)
                    .type(boolean.class)
                    .description("Print the stack trace of an error.")
                    .build());
        }
        line.getSubcommands().values().forEach(Cli::addCommonOptions);
    }

    private static boolean isVerbose(ParseResult parsed) {
        return parsed.hasMatchedOption(VERBOSE) || (parsed.hasSubcommand() && isVerbose(parsed.subcommand()));
    }

    private static String message(Throwable exception) {
        if (exception instanceof UserError) {
            return String.valueOf(exception.getMessage());
        }
        return "unexpected " + exception + "; run again with --verbose for the whole story, and please report it";
    }
}
