package dev.glimpse.cli;

import dev.glimpse.error.UserError;
import java.util.Arrays;
import picocli.CommandLine;

/** Starts a command: exit code 0 done, 1 failed, 2 wrong use. Errors go to stderr, without a stack trace unless asked for. */
public final class Cli {
    private Cli() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(Object command, String... arguments) {
        System.exit(run(command, arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(Object command, String... arguments) {
        boolean verbose = Arrays.asList(arguments).contains("--verbose");
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            commandLine.getErr().println(commandLine.getColorScheme().errorText("glimpse: " + message(exception)));
            if (verbose) {
                exception.printStackTrace(commandLine.getErr());
            }
            return 1;
        });
        String[] rest =
                Arrays.stream(arguments).filter(a -> !a.equals("--verbose")).toArray(String[]::new);
        return line.execute(rest);
    }

    private static String message(Throwable exception) {
        if (exception instanceof UserError) {
            return String.valueOf(exception.getMessage());
        }
        return "unexpected " + exception + "; run again with --verbose for the whole story, and please report it";
    }
}
