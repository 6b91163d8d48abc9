package dev.glimpse.demo;

import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.fault.site.StubRuntime;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A broker with its topics, a client on the other side, and the runtimes that a test starts. */
final class World implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final int PATIENT = 60_000;

    final Broker broker;
    final Wire wire;
    private final Path work;
    private final List<EdgeRuntime> runtimes = new ArrayList<>();

    private World(Path work, Broker broker, Wire wire) {
        this.work = work;
        this.broker = broker;
        this.wire = wire;
    }

    static World start(Path work) throws Exception {
        BrokerLog.to(work.resolve("broker.log"));
        Broker broker = Broker.start();
        broker.create(Worker.TOPICS, PARTITIONS);
        return new World(work, broker, new Wire(broker.bootstrap(), PARTITIONS));
    }

    EdgeRuntime runtime(int slot, Protocol protocol, Delivery delivery, int patience) throws Exception {
        return started(Worker.of(broker.bootstrap(), work, slot, patience, protocol, delivery));
    }

    /** Slot 0 of another group, on the same topics. */
    EdgeRuntime runtimeOfGroup(String group) throws Exception {
        return started(StubRuntime.of(
                WorkerSettings.patient(broker.bootstrap(), group, work).withoutPrefix()));
    }

    private EdgeRuntime started(EdgeRuntime runtime) throws Exception {
        runtime.start();
        runtimes.add(runtime);
        while (!runtime.ready()) {
            Thread.sleep(20);
        }
        return runtime;
    }

    EdgeRuntime runtime(int slot, Protocol protocol) throws Exception {
        return runtime(slot, protocol, Delivery.EXACTLY_ONCE, PATIENT);
    }

    EdgeRuntime runtime(int slot) throws Exception {
        return runtime(slot, Protocol.CLASSIC);
    }

    @Override
    public void close() throws IOException {
        runtimes.forEach(EdgeRuntime::close);
        wire.close();
        broker.close();
    }
}
