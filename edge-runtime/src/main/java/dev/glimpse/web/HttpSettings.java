package dev.glimpse.web;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.config.FromEnvironment;
import java.util.Set;

/**
 * Settings of the HTTP side.
 *
 * @param host address to listen on; any but this machine's own needs a token
 * @param port port to listen on; 0 takes a free one
 * @param token secret that callers present; empty for none
 * @param cameras cameras that get a counter and a picture of their own; the others share one
 */
public record HttpSettings(
        @FromEnvironment String host,
        @FromEnvironment int port,
        @FromEnvironment String token,
        int cameras) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final int SHORTEST_TOKEN = 16;

    public HttpSettings {
        require(!host.isBlank(), "host must not be empty; 127.0.0.1 is this machine alone");
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535, was %d", port);
        require(cameras >= 1, "cameras must be at least 1, was %d", cameras);
        require(
                token.isEmpty() || token.length() >= SHORTEST_TOKEN,
                "token needs at least %d characters, has %d",
                SHORTEST_TOKEN,
                token.length());
        require(
                LOOPBACK.contains(host) || !token.isEmpty(),
                "host %s can be reached by others: set http.token, or listen on 127.0.0.1",
                host);
    }

    boolean loopback() {
        return LOOPBACK.contains(host);
    }

    /** Leaves out {@link #token}. */
    @Override
    public String toString() {
        return "HttpSettings[" + host + ":" + port + "]";
    }
}
