package dev.glimpse.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.account.Account;
import dev.glimpse.box.Box;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.json.Json;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.ladder.Level;
import dev.glimpse.metrics.Meters;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.pipeline.Seen;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.Word;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebVerticleTest {
    private static final Model MODEL = new Model("abc123", "stub 1", "fp32");
    private static final JsonNode PROVENANCE = JsonNodeFactory.instance
            .objectNode()
            .set(
                    "run",
                    JsonNodeFactory.instance.objectNode().put("name", "tiny").put("seed", 3));
    private static final String TOKEN = "a-token-of-length-24-abc";
    private static final Sight SIGHT = new Sight(
            List.of(new Region(new Box(1, 2, 30, 40), "kite", List.of("red"), .9f)),
            new Caption("a kite", List.of(new Caption.Word("kite", .9, List.of(.7f))), .8),
            new RegionFeatures(new float[0], new float[0], new float[0]),
            new Sight.Timings(1, 2, 3, 4));

    @TempDir
    private Path work;

    private final Account account = new Account(4, System::nanoTime);
    private final Showcase showcase = new Showcase(4, InstantSource.system());
    private final AtomicInteger port = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private Condition ready = new Condition(List.of());
    private Level level = Level.FULL;

    private void start(String token) throws Exception {
        start(token, HttpSettings.Tls.NONE);
    }

    private void start(String token, HttpSettings.Tls tls) throws Exception {
        Backstage backstage = new Backstage(
                () -> new ModelCard("tiny", "fp32", 12, PROVENANCE),
                () -> MODEL,
                () -> level,
                new Limits(4, 8, 1, 64, 256, 1024, 2000, 60_000, 4),
                new AnswerSettings(.75, 16),
                account,
                new Meters(account),
                showcase,
                WebVerticleTest::answer,
                () -> List.of(new Standing("gate", "door", "is it open", Instant.EPOCH, false)),
                Optional.empty(),
                64,
                () -> new Condition(List.of()),
                () -> ready);
        vertx.deployVerticle(new WebVerticle(new HttpSettings("127.0.0.1", 0, token, tls, 4), backstage, port))
                .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Reply> answer(Question question) {
        if (question.camera().orElse("").equals("gate")) {
            Answer answer = new Answer("red", .7, List.of(new Answer.Candidate("red", .7)), List.of(.9f));
            return CompletableFuture.completedFuture(
                    new Reply.Answered(question, new Seen("gate", "f1", SIGHT, 64, 48, MODEL), answer, 1.5));
        }
        return CompletableFuture.completedFuture(new Reply.Unanswered(question, Reply.Reason.UNSEEN));
    }

    private void caption(String camera, String frame, byte[] picture) {
        account.received(camera);
        account.captioned(camera, Duration.ofMillis(20));
        Instant now = Instant.now();
        CaptionEvent event = new CaptionEvent(
                camera,
                frame,
                new Position("frames", 0, 1),
                now,
                now,
                now,
                "a kite",
                .8,
                List.of(new Word("kite", .9, List.of(.7f))),
                List.of(new dev.glimpse.wire.Region(new Box(1, 2, 30, 40), "kite", List.of("red"), .9f)),
                "abc123",
                "stub",
                "fp32",
                0);
        showcase.captioned(
                event,
                new Outcome.Captioned(SIGHT, 64, 48, new Outcome.Times(1, 2, 3, 4), Level.FULL, MODEL, List.of()),
                picture);
    }

    @Test
    void withACertificateItSpeaksTlsAndNothingElse() throws Exception {
        start(TOKEN, TestCertificate.in(work));
        HttpClient tls = HttpClient.newBuilder()
                .sslContext(TestCertificate.trustedBy(work))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port.get() + "/live"))
                .build();
        assertThat(tls.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> get("/live")).isInstanceOf(IOException.class);
    }

    @Test
    void standingQuestionsAndTheLevelAreTold() throws Exception {
        start("");
        assertThat(get("/standing").body())
                .contains("{\"camera\":\"gate\",\"id\":\"door\",\"question\":\"is it open\"");
        level = Level.NO_STANDING;
        assertThat(get("/account").body()).contains("\"level\":2,\"service\":\"no standing questions\"");
    }

    @Test
    void pageAndItsFilesAreServedWithAPolicyThatForbidsInlineScript() throws Exception {
        start("");
        for (String path : List.of("/", "/style.css", "/app.js", "/card.js", "/draw.js", "/header.js", "/ask.js")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
        }
        assertThat(get("/").body()).doesNotContain("http://", "https://", "style=", "onclick");
    }

    @Test
    void modelAccountAndCamerasAreJson() throws Exception {
        start("");
        caption("gate", "f1", new byte[] {(byte) 0xFF, 1});
        account.received("gate");
        assertThat(json("/bundle").path("name").asText()).isEqualTo("tiny");
        assertThat(json("/bundle").path("digest").asText()).isEqualTo("abc123");
        assertThat(json("/bundle").at("/provenance/run/seed").asInt()).isEqualTo(3);
        JsonNode total = json("/account").path("total");
        assertThat(total.path("received").asInt()).isEqualTo(2);
        assertThat(total.path("inFlight").asInt()).isEqualTo(1);
        JsonNode camera = json("/cameras").path(0);
        assertThat(camera.path("camera").asText()).isEqualTo("gate");
        assertThat(camera.path("latest")
                        .path(0)
                        .path("regions")
                        .path(0)
                        .path("box")
                        .path(2)
                        .asDouble())
                .isEqualTo(30);
    }

    @Test
    void metricsTellTheAccountPerCamera() throws Exception {
        start("");
        caption("ga\"te", "f1", new byte[] {1});
        assertThat(get("/metrics").body())
                .contains("glimpse_frames_captions_total{camera=\"ga\\\"te\"} 1")
                .contains("glimpse_stage_seconds_bucket{stage=\"look\"")
                .contains("glimpse_rss_bytes");
    }

    @Test
    void pictureOfACameraIsTheOneThatWasCaptioned() throws Exception {
        start("");
        caption("north gate", "f/1", new byte[] {(byte) 0xFF, 1});
        caption("north gate", "f/2", new byte[] {(byte) 0x89, 2});
        assertThat(bytes("/cameras/north%20gate/picture?frame=f%2F1").body()).containsExactly(0xFF, 1);
        assertThat(bytes("/cameras/north%20gate/picture").headers().firstValue("Content-Type"))
                .contains("image/png");
        assertThat(get("/cameras/north%20gate/picture?frame=gone").statusCode()).isEqualTo(404);
        assertThat(get("/cameras/nobody/picture").statusCode()).isEqualTo(404);
    }

    @Test
    void questionIsAnsweredWithItsEvidence() throws Exception {
        start("");
        HttpResponse<String> response = post("/ask", "{\"camera\": \"gate\", \"question\": \"what colour\"}");
        JsonNode answer = Json.mapper().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.path("answer").asText()).isEqualTo("red");
        assertThat(answer.path("evidence").path(0).path("weight").asDouble()).isGreaterThan(.8);
        assertThat(answer.path("width").asInt()).isEqualTo(64);
    }

    @Test
    void questionsThatCannotBeAnsweredSayWhy() throws Exception {
        start("");
        assertThat(post("/ask", "{\"camera\": \"x\", \"question\": \"what\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("/ask", "no json").statusCode()).isEqualTo(400);
        assertThat(post("/ask", "").statusCode()).isEqualTo(400);
        assertThat(post("/ask", "{\"camera\": \"gate\"}").body()).contains("field question is a text");
        assertThat(post("/ask", "{\"camera\": \"gate\", \"question\": \"" + "w".repeat(501) + "\"}")
                        .body())
                .contains("1 to 500 characters");
        assertThat(post("/ask", "{\"question\": \"" + "w".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void pagesOfAnotherOriginAreRefused() throws Exception {
        start("");
        HttpRequest foreign =
                request("/events").header("Origin", "http://evil.example").build();
        assertThat(client.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        HttpRequest embedded =
                request("/account").header("Sec-Fetch-Site", "cross-site").build();
        assertThat(client.send(embedded, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        HttpRequest link = request("/")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .build();
        assertThat(client.send(link, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void foreignHostNameIsRefused() throws Exception {
        start("");
        assertThat(raw("GET /account HTTP/1.1\r\nHost: evil.example\r\n\r\n")).contains(" 403 ");
        assertThat(raw("GET /account HTTP/1.1\r\nHost: localhost:80\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void nothingButHealthIsShownWithoutTheToken() throws Exception {
        start(TOKEN);
        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/account").statusCode()).isEqualTo(401);
        assertThat(get("/?token=wrong-token-of-length-24").statusCode()).isEqualTo(401);
        HttpRequest bearer =
                request("/account").header("Authorization", "Bearer " + TOKEN).build();
        assertThat(client.send(bearer, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        HttpResponse<String> let = get("/?token=" + TOKEN);
        assertThat(let.statusCode()).isEqualTo(303);
        String cookie = let.headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict");
        HttpRequest known =
                request("/account").header("Cookie", cookie.split(";")[0]).build();
        assertThat(client.send(known, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void readinessSaysWhatIsMissing() throws Exception {
        start("");
        assertThat(get("/ready").statusCode()).isEqualTo(200);
        ready = new Condition(List.of("the group has not assigned partitions yet"));
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).contains("the group has not assigned partitions yet");
    }

    @Test
    void eventsTellCaptionsAsTheyAreCommitted() throws Exception {
        start("");
        try (Socket socket = new Socket("127.0.0.1", port.get());
                BufferedReader lines = open(socket, "/events")) {
            await(lines, "event: account");
            caption("gate", "f7", new byte[] {1});
            await(lines, "event: caption");
            assertThat(lines.readLine()).contains("\"frame\":\"f7\"").contains("\"caption\":\"a kite\"");
        }
    }

    @Test
    void readerThatDoesNotReadIsDroppedAndTheOthersGoOn() throws Exception {
        start("");
        try (Socket slow = new Socket();
                Socket good = new Socket("127.0.0.1", port.get());
                BufferedReader lines = open(good, "/events")) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new java.net.InetSocketAddress("127.0.0.1", port.get()));
            slow.getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            await(lines, "event: account");
            String long1 = "x".repeat(60_000);
            for (int i = 0; i < 400; i++) {
                caption("gate", long1 + i, new byte[] {1});
                await(lines, "event: caption");
            }
            slow.setSoTimeout(10_000);
            byte[] buffer = new byte[1 << 20];
            long read = 0;
            for (int n = 0; n >= 0; n = readOrEnd(slow, buffer)) {
                read += n;
            }
            assertThat(read).as("far less than what the good reader got").isLessThan(20_000_000);
        }
    }

    private static int readOrEnd(Socket socket, byte[] buffer) {
        try {
            return socket.getInputStream().read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }

    private static BufferedReader open(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static void await(BufferedReader lines, String line) throws IOException {
        for (String each = lines.readLine(); each != null; each = lines.readLine()) {
            if (each.equals(line)) {
                return;
            }
        }
        throw new AssertionError("the stream ended before: " + line);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port.get())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return "" + new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.get() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> bytes(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return Json.mapper().readTree(get(path).body());
    }
}
