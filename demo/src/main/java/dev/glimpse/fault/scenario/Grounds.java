package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Children;
import dev.glimpse.fault.site.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where scenarios are played: one folder, one cluster of a single node that they share, and all child processes. */
public final class Grounds implements AutoCloseable {
    private final Path folder;
    private final Size size;
    private final Children children;
    private Optional<Cluster> one = Optional.empty();

    /** @param folder for the children's logs and the brokers' data */
    public Grounds(Path folder, Size size) throws IOException {
        this.folder = folder;
        this.size = size;
        this.children = new Children(folder);
    }

    public Size size() {
        return size;
    }

    public Path folder() {
        return folder;
    }

    Children children() {
        return children;
    }

    /** The cluster of one node; started when it is first asked for. Never killed by a scenario. */
    synchronized Cluster one() throws IOException, InterruptedException {
        if (one.isEmpty()) {
            one = Optional.of(Cluster.start(children, folder.resolve("broker"), 1));
        }
        return one.get();
    }

    /** A fresh cluster of three nodes; who asks closes it. */
    Cluster three() throws IOException, InterruptedException {
        return Cluster.start(children, folder.resolve("brokers"), 3);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (one.isPresent()) {
            one.get().close();
        }
        children.close();
    }
}
