package dev.glimpse.fault.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy between a client and a server that sends every byte back. */
@Timeout(60)
class FaultProxyTest {
    private static final int SILENCE_MILLIS = 300;

    private ServerSocket echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private FaultProxy proxy = FaultProxy.to(echo.getLocalPort());

    FaultProxyTest() throws IOException {}

    @BeforeEach
    void serve() {
        Thread server = new Thread(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread each = new Thread(() -> sendBack(socket));
                    each.setDaemon(true);
                    each.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        server.setDaemon(true);
        server.start();
    }

    private static void sendBack(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            return;
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void fairWeatherLetsEverythingPass() throws IOException {
        try (Socket client = client()) {
            assertThat(said(client, 5)).isEqualTo(5);
            assertThat(said(client, 200)).isEqualTo(200);
        }
    }

    @Test
    void delayHoldsBothWaysBack() throws IOException {
        proxy.weather(Weather.of(Weather.Kind.DELAY, Duration.ofMillis(60)));
        try (Socket client = client()) {
            long started = System.nanoTime();
            assertThat(said(client, 5)).isEqualTo(5);
            assertThat(System.nanoTime() - started).isGreaterThan(120_000_000L);
        }
    }

    @Test
    void halfOpenConnectionsStaySilentAndLoseNothing() throws IOException {
        try (Socket client = client()) {
            proxy.weather(Weather.of(Weather.Kind.HALF_OPEN));
            client.setSoTimeout(SILENCE_MILLIS);
            client.getOutputStream().write(7);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.weather(Weather.FAIR);
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void cutBreaksConnectionsAndRefusesNewOnes() throws IOException {
        try (Socket client = client()) {
            assertThat(said(client, 1)).isEqualTo(1);
            proxy.weather(Weather.of(Weather.Kind.CUT));
            assertThatThrownBy(() -> said(client, 2)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> {
                    try (Socket client = client()) {
                        said(client, 3);
                    }
                })
                .isInstanceOf(IOException.class);
        proxy.weather(Weather.FAIR);
        try (Socket client = client()) {
            assertThat(said(client, 4)).isEqualTo(4);
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    /** What comes back for a byte; an exception when nothing does any more. */
    private static int said(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        int back = client.getInputStream().read();
        if (back < 0) {
            throw new IOException("closed");
        }
        return back;
    }
}
