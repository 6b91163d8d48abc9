package dev.glimpse.fault;

import dev.glimpse.fault.scenario.BadNetwork;
import dev.glimpse.fault.scenario.BrokerKills;
import dev.glimpse.fault.scenario.Finding;
import dev.glimpse.fault.scenario.Grounds;
import dev.glimpse.fault.scenario.HostilePictures;
import dev.glimpse.fault.scenario.Overload;
import dev.glimpse.fault.scenario.PoisonRecords;
import dev.glimpse.fault.scenario.RealBundle;
import dev.glimpse.fault.scenario.Replacement;
import dev.glimpse.fault.scenario.Scenario;
import dev.glimpse.fault.scenario.Soak;
import dev.glimpse.fault.scenario.TakeOver;
import dev.glimpse.fault.scenario.TamperedBundles;
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

/**
 * All scenarios in their order. Those of one group mostly wait and are played at the same time.
 *
 * @param bundle a sound bundle
 * @param data folder with the field's reference data; an empty path: none
 */
record FaultSuite(Path bundle, Path data) {
    private List<List<Scenario>> scenarios() {
        return List.of(
                List.of(new WorkerKills(Protocol.CLASSIC)),
                List.of(new WorkerKills(Protocol.CONSUMER)),
                List.of(new Zombies(Protocol.CLASSIC), new Zombies(Protocol.CONSUMER), new Replacement()),
                List.of(new BadNetwork()),
                List.of(new TakeOver()),
                List.of(new Overload(4)),
                List.of(new Overload(10)),
                List.of(new HostilePictures(data)),
                List.of(new PoisonRecords()),
                List.of(new TamperedBundles(bundle)),
                List.of(new RealBundle(bundle)),
                List.of(new Soak()),
                List.of(new BrokerKills()));
    }

    /** Names of all scenarios, those together that are played together. */
    List<List<String>> groups() {
        return scenarios().stream()
                .map(group -> group.stream().map(Scenario::name).toList())
                .toList();
    }

    /**
     * Plays what is wanted.
     *
     * @param told of every finding as soon as it is there
     */
    List<Finding> run(Grounds grounds, Predicate<String> wanted, Consumer<Finding> told)
            throws InterruptedException, ExecutionException {
        List<Finding> findings = new ArrayList<>();
        for (List<Scenario> group : scenarios()) {
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
                running.add(threads.submit(() -> played(scenario, grounds)));
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

    /** A scenario that could not be played to its end is a problem, and the others are played all the same. */
    private static Finding played(Scenario scenario, Grounds grounds) throws InterruptedException {
        try {
            return scenario.run(grounds);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Finding.unplayed(scenario.name(), "it could not be played to its end: " + e + " (" + cause + ")");
        }
    }
}
