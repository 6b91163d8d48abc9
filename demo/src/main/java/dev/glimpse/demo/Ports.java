package dev.glimpse.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine for servers that are started, or started again, after a while. They lie below the ports which
 * Linux gives to outgoing connections (from 32,768, unless it is told otherwise), for what the kernel gives away in the
 * meantime a server can no longer have: not after another client got it, and not after a client that looks for the
 * server, while it is away, got its port and reached itself.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 32_768;

    private Ports() {}

    /** So many different ports that were free a moment ago. */
    public static List<Integer> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, END);
                try {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                } catch (BindException taken) {
                    continue;
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
