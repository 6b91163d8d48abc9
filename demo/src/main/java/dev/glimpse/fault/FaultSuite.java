package dev.glimpse.fault;

import dev.glimpse.fault.scenario.BadNetwork;
import dev.glimpse.fault.scenario.BrokerKills;
import dev.glimpse.fault.scenario.Finding;
import dev.glimpse.fault.scenario.Grounds;
import dev.glimpse.fault.scenario.HostilePictures;
import dev.glimpse.fault.scenario.Overload;
import dev.glimpse.fault.scenario.Replacement;
import dev.glimpse.fault.scenario.Scenario;
import dev.glimpse.fault.scenario.Soak;
import dev.glimpse.fault.scenario.TakeOver;
import dev.glimpse.fault.scenario.WorkerKills;
import dev.glimpse.fault.scenario.Zombies;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All scenarios in their order. Those of one group mostly wait and are played at the same time. */
final class FaultSuite {
    private static final List<List<Scenario>> GROUPS = List.of(
            List.of(new WorkerKills(Protocol.CLASSIC)),
            List.of(new WorkerKills(Protocol.CONSUMER)),
            List.of(new Zombies(Protocol.CLASSIC), new Zombies(Protocol.CONSUMER), new Replacement()),
            List.of(new BadNetwork()),
            List.of(new TakeOver()),
            List.of(new Overload(4)),
            List.of(new Overload(10)),
            List.of(new HostilePictures(Path.of(System.getProperty("glimpse.data", "")))),
            List.of(new Soak()),
            List.of(new BrokerKills()));

    private FaultSuite() {}

    /** Names of all scenarios, those together that are played together. */
    static List<List<String>> groups() {
        return GROUPS.stream()
                .map(group -> group.stream().map(Scenario::name).toList())
                .toList();
    }

    /**
     * Plays what is wanted.
     *
     * @param told of every finding as soon as it is there
     */
    static List<Finding> run(Grounds grounds, Predicate<String> wanted, Consumer<Finding> told)
            throws InterruptedException, ExecutionException {
        List<Finding> findings = new ArrayList<>();
        for (List<Scenario> group : GROUPS) {
            List<Scenario> chosen =
                    group.stream().filter(each -> wanted.test(each.name())).toList();
            for (Finding finding : together(grounds, chosen)) {
                findings.add(finding);
                told.accept(finding);
            }
        }
        return findings;
    }

    private static List<Finding> together(Grounds grounds, List<Scenario> scenarios)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, scenarios.size()));
        try {
            List<Future<Finding>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                running.add(threads.submit(() -> scenario.run(grounds)));
            }
            List<Finding> findings = new ArrayList<>();
            for (Future<Finding> each : running) {
                findings.add(each.get());
            }
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }
}
