package dev.glimpse.fault.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between workers and one broker and does to their connections what its {@link Weather} says. Bytes are late or stay
 * away, never changed or lost in the middle: what TCP promises still holds. Two threads per connection.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int STALL_ONE_IN = 64;
    private static final long GLANCE_MILLIS = 5;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(7);
    private volatile Weather weather = Weather.FAIR;

    private FaultProxy(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** A proxy on a free port that leads to a port of this machine. */
    static FaultProxy to(int target) throws IOException {
        FaultProxy proxy = new FaultProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
        start("proxy-door", proxy::accept);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on it is so. */
    public void weather(Weather now) {
        weather = now;
        if (now.kind() == Weather.Kind.CUT) {
            cutConnections();
        }
    }

    /** Breaks every connection there is. */
    public void cutConnections() {
        open.forEach(FaultProxy::abort);
        open.clear();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cutConnections();
    }

    private void accept() {
        while (!door.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Socket client = door.accept();
            if (weather.kind() == Weather.Kind.CUT) {
                abort(client);
            } else {
                open.add(client);
                start("proxy-out", () -> connect(client));
            }
        } catch (IOException e) {
            return; // closed, or a client that went before it was served
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(server);
        try {
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            start("proxy-back", () -> pump(server, client, true));
            pump(client, server, false);
        } catch (IOException e) {
            end(client, server);
        }
    }

    private void pump(Socket from, Socket to, boolean back) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                hold(from, back);
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            end(from, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from, to);
    }

    /** Keeps what was read until it may pass; throws when the connection is cut meanwhile. */
    private void hold(Socket from, boolean back) throws InterruptedException, IOException {
        Weather now = weather;
        if (now.kind() == Weather.Kind.DELAY) {
            Thread.sleep(now.time().toMillis());
        } else if (now.kind() == Weather.Kind.STALLS && random.nextInt(STALL_ONE_IN) == 0) {
            Thread.sleep(random.nextInt((int) now.time().toMillis()));
        }
        while (blocked(back) && !from.isClosed()) {
            Thread.sleep(GLANCE_MILLIS);
        }
        if (from.isClosed()) {
            throw new IOException("cut");
        }
    }

    private boolean blocked(boolean back) {
        Weather.Kind kind = weather.kind();
        return kind == Weather.Kind.HALF_OPEN || (kind == Weather.Kind.MUTE && back);
    }

    private void end(Socket one, Socket other) {
        abort(one);
        abort(other);
        open.remove(one);
        open.remove(other);
    }

    /** Ends a connection with a reset, as a broken one ends. */
    private static void abort(Socket socket) {
        try (socket) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            return; // broken already
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
