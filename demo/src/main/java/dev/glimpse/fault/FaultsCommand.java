package dev.glimpse.fault;

import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.cli.Cli;
import dev.glimpse.demo.BrokerLog;
import dev.glimpse.error.UserError;
import dev.glimpse.fault.scenario.Finding;
import dev.glimpse.fault.scenario.Grounds;
import dev.glimpse.fault.scenario.Size;
import dev.glimpse.fault.verifier.Verdict;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse bench faults}: breaks things, and counts what became of every frame. */
@Command(
        name = "faults",
        description = {
            "Kill, freeze, cut off and overload workers and brokers of this machine, and count frames that were lost, "
                    + "doubled, reordered or misplaced.",
            "Exit code 1 when the law of exactly one outcome per frame was broken anywhere; with --full also when a "
                    + "figure was missed."
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class FaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Each scenario once, minutes in all; the default.")
    private boolean quick;

    @Option(names = "--full", description = "The sizes that are claimed, hours in all; wants a machine of its own.")
    private boolean full;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as a JSON list, too.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these scenarios; an unknown name lists them all.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description =
                    "Where brokers and workers log to and keep their data: a new or empty folder (default: a new temporary one).")
    private Optional<Path> logs = Optional.empty();

    public static void main(String[] arguments) {
        Cli.main(new FaultsCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        UserError.require(!(quick && full), "either --quick or --full is expected, found both");
        Size size = full ? Size.FULL : Size.QUICK;
        FaultSuite suite = new FaultSuite(DefaultBundle.path(), Path.of(System.getProperty("glimpse.data", "")));
        List<String> names = suite.groups().stream().flatMap(List::stream).toList();
        for (String name : only) {
            UserError.require(names.contains(name), "--only takes names out of %s, found '%s'", names, name);
        }
        Path folder = logs.isPresent() ? logs.get() : Files.createTempDirectory("glimpse-faults-");
        UserError.require(isFree(folder), "--logs: expected a new or empty folder, found %s", folder);
        PrintWriter out = spec.commandLine().getOut();
        BrokerLog.to(folder.resolve("clients.log"));
        out.println("brokers and workers log to " + folder);
        out.println(
                "scenario                frames faults  lost twice order topic  caps skipped rejected seconds  others");
        out.flush();
        List<Finding> findings;
        try (Grounds grounds = new Grounds(folder, size)) {
            findings = suite.run(grounds, name -> only.isEmpty() || only.contains(name), finding -> tell(out, finding));
        }
        json.ifPresent(
                file -> Json.write(file, findings.stream().map(Finding::json).toList()));
        boolean broken =
                findings.stream().anyMatch(finding -> !finding.problems().isEmpty());
        boolean missed = findings.stream().anyMatch(finding -> !finding.missed().isEmpty());
        if (broken) {
            throw new UserError("the law was broken; what brokers and workers logged is in " + folder);
        }
        return missed && size == Size.FULL ? 1 : 0;
    }

    /** Brokers would go on with what an earlier run left. */
    private static boolean isFree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void tell(PrintWriter out, Finding finding) {
        Verdict verdict = finding.verdict();
        out.printf(
                "%-22s %7d %6d %5d %5d %5d %5d %5d %7d %8d %7.1f  %s%n",
                finding.scenario(),
                verdict.frames(),
                finding.faults(),
                verdict.lost(),
                verdict.duplicated(),
                verdict.reordered(),
                verdict.wrongTopic(),
                verdict.captions(),
                verdict.skipped(),
                verdict.rejected(),
                finding.seconds(),
                finding.figures());
        finding.problems().forEach(problem -> out.println("  PROBLEM " + problem));
        finding.missed().forEach(miss -> out.println("  missed  " + miss));
        out.flush();
    }
}
