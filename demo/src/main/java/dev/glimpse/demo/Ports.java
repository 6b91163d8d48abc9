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
 * Linux gives to whoever connects or asks for any (from 32,768, unless it is told otherwise): what it gives away in the
 * meantime a server can no longer have.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 1000;

    private Ports() {}

    /** So many different ports that were free a moment ago. */
    public static List<Integer> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int attempt = 1; sockets.size() < count; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, END);
                try {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                } catch (BindException taken) {
                    if (attempt > ATTEMPTS) {
                        throw taken;
                    }
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
