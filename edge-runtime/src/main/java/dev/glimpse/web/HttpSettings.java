package dev.glimpse.web;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.config.FromEnvironment;
import java.nio.file.Path;
import java.util.Set;

/**
 * Settings of the HTTP side.
 *
 * @param host address to listen on; any but this machine's own needs a token and TLS
 * @param port port to listen on; 0 takes a free one
 * @param token secret that callers present; empty for none
 * @param tls certificate and key; other machines are let in with it only
 * @param cameras cameras that get a counter and a picture of their own; the others share one
 */
public record HttpSettings(
        @FromEnvironment String host,
        @FromEnvironment int port,
        @FromEnvironment String token,
        Tls tls,
        int cameras) {
    /**
     * Files in PEM form; both empty for none.
     *
     * @param certificate chain, the service's own certificate first
     * @param key its private key, unencrypted; keep it to the service's user
     */
    public record Tls(Path certificate, Path key) {
        /** No encryption. */
        public static final Tls NONE = new Tls(Path.of(""), Path.of(""));

        public Tls {
            boolean hasCertificate = !certificate.toString().isEmpty();
            boolean hasKey = !key.toString().isEmpty();
            require(hasCertificate == hasKey, "give both certificate and key, or neither");
        }

        boolean on() {
            return !certificate.toString().isEmpty();
        }
    }

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final int SHORTEST_TOKEN = 16;

    /** For this machine alone, or behind a proxy on it. */
    public HttpSettings(String host, int port, String token, int cameras) {
        this(host, port, token, Tls.NONE, cameras);
    }

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
                LOOPBACK.contains(host) || (!token.isEmpty() && tls.on()),
                "host %s can be reached by others: set http.token and http.tls, or listen on 127.0.0.1",
                host);
    }

    /** {@code https} with a certificate, else {@code http}. */
    public String scheme() {
        return tls.on() ? "https" : "http";
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
