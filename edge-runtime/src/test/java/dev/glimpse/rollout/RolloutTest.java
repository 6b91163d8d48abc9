package dev.glimpse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleWriter;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.ladder.Rations;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import dev.glimpse.picture.Picture;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles on disk are the repository's, renamed; what opens them is a stub that says what its bundle's name says. */
@Timeout(120)
class RolloutTest {
    private static final Path REPOSITORY = Path.of("..", "bundles", "default");
    private static final LadderSettings LADDER = new LadderSettings(0, 2, 1000, 100, 1000, 50, 1000);

    @TempDir
    private Path work;

    private final Bulletin bulletin = new Bulletin(Topics.withPrefix(""), "edge-0", InstantSource.system());
    private final List<String> served = new ArrayList<>();
    private final List<Talker> opened = new ArrayList<>();
    private Pipeline pipeline;
    private Optional<Rollout> rollout = Optional.empty();
    private long offset;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(
                new Limits(8, 8, 1, 1024, 4096, 4096, 60_000, 600_000, 16),
                new Ladder(LADDER, System.nanoTime(), (from, to, why) -> {}),
                new Rations(LADDER),
                () -> new Pipeline.Opening(new Talker("first", "a red boat"), "fp32"),
                encoded -> new Picture(1, 1, new byte[] {encoded[0], 0, 0}),
                InstantSource.system(),
                (stage, nanos) -> {});
        pipeline.start();
    }

    @AfterEach
    void close() throws Exception {
        if (rollout.isPresent()) {
            rollout.get().close();
        }
        pipeline.close(Duration.ofSeconds(5));
    }

    private Rollout rollout(int shadowFrames, String watch) {
        RolloutSettings settings =
                new RolloutSettings(Path.of(watch), work.resolve("state"), 64, shadowFrames, .6, 1000);
        Rollout started = new Rollout(
                settings,
                new Rollout.Source("first", "first", work.resolve("first")),
                this::load,
                pipeline,
                bulletin,
                about -> served.add(about.manifest().name()));
        started.start();
        rollout = Optional.of(started);
        return started;
    }

    private Captioner load(Bundle bundle) {
        String name = bundle.manifest().name();
        String digest = bundle.digest();
        bundle.close();
        if (name.startsWith("wrong")) {
            throw new UserError("a golden run comes out wrong");
        }
        Talker talker = new Talker(digest, name);
        opened.add(talker);
        return talker;
    }

    /** A sound bundle of that name, which is also what its captioner says. */
    private Path bundle(String name) throws IOException {
        Path copy = work.resolve("in").resolve(name);
        try (var files = Files.walk(REPOSITORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(REPOSITORY.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path manifest = copy.resolve(Bundle.MANIFEST);
        ObjectNode tree = (ObjectNode) Json.mapper().readTree(manifest.toFile());
        byte[] renamed = Json.mapper().writeValueAsBytes(tree.put("name", name));
        Files.write(manifest, renamed);
        Files.writeString(copy.resolve(Bundle.MANIFEST_DIGEST), sha256(renamed) + "  manifest.json\n");
        BundleWriter.seal(copy);
        return copy;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Test
    void soundBundleServesAndIsRememberedAcrossARestart() throws Exception {
        Rollout.Result result = rollout(0, "").submit(bundle("a blue boat")).get();
        assertThat(result.message()).isEqualTo("it serves");
        assertThat(result.accepted()).isTrue();
        assertThat(served).containsExactly("a blue boat");
        assertThat(pipeline.model().digest()).isEqualTo(result.digest());
        assertThat(bulletin.toString()).contains("bundle a blue boat serves");

        RolloutSettings again = new RolloutSettings(Path.of(""), work.resolve("state"), 64, 0, .6, 10);
        FirstBundle first = FirstBundle.open(again, REPOSITORY, this::load, bulletin);
        assertThat(first.about().manifest().name()).isEqualTo("a blue boat");
    }

    @Test
    void promotedBundleThatWasTamperedWithGivesWayToTheConfiguredOne() throws Exception {
        String digest = rollout(0, "").submit(bundle("a blue boat")).get().digest();
        Files.writeString(work.resolve("state").resolve(digest).resolve("labels.json"), "{}");
        RolloutSettings again = new RolloutSettings(Path.of(""), work.resolve("state"), 64, 0, .6, 10);
        FirstBundle first = FirstBundle.open(again, REPOSITORY, this::load, bulletin);
        String configured = Json.mapper()
                .readTree(REPOSITORY.resolve(Bundle.MANIFEST).toFile())
                .path("name")
                .asText();
        assertThat(first.about().manifest().name()).isEqualTo(configured);
        assertThat(bulletin.toString()).contains("labels.json");
    }

    @Test
    void refusedBundleLeavesTheOldOneAtWork() throws Exception {
        Path cut = bundle("cut");
        Files.writeString(cut.resolve("step.onnx"), "short");
        Rollout started = rollout(0, "");
        Rollout.Result damaged = started.submit(cut).get();
        assertThat(damaged.accepted()).isFalse();
        assertThat(damaged.message()).contains("step.onnx");
        Rollout.Result wrong = started.submit(bundle("wrong")).get();
        assertThat(wrong.message()).isEqualTo("bundle wrong is refused: a golden run comes out wrong");
        assertThat(pipeline.model().digest()).isEqualTo("first");
        assertThat(bulletin.toString()).contains("bundle cut is refused").contains("BUNDLE_REFUSED");
    }

    @Test
    void candidateThatAgreesTakesOverAfterItsShadowRun() throws Exception {
        Rollout started = rollout(3, "");
        CompletableFuture<Rollout.Result> result = started.submit(bundle("a red ship"));
        feedUntil(result::isDone);
        assertThat(result.get().message()).startsWith("it serves after 3 frames: agreement 0.83");
        assertThat(started.status().shadow().orElseThrow().same()).isZero();
        assertThat(bulletin.toString()).contains("BUNDLE_SHADOWED");
    }

    @Test
    void candidateThatSaysSomethingElseIsRolledBackAndClosed() throws Exception {
        CompletableFuture<Rollout.Result> result = rollout(3, "").submit(bundle("purple horses dance"));
        feedUntil(result::isDone);
        assertThat(result.get().accepted()).isFalse();
        assertThat(result.get().message()).contains("may not take over: it agrees to 0.50, wanted is 0.60");
        assertThat(opened.get(0).closed).isTrue();
        assertThat(pipeline.model().digest()).isEqualTo("first");
        assertThat(bulletin.toString()).contains("BUNDLE_ROLLED_BACK");
    }

    @Test
    void bundleThatAppearsInTheWatchedDirectoryIsTakenUp() throws Exception {
        Path in = Files.createDirectories(work.resolve("in"));
        rollout(0, in.toString());
        bundle("from the folder");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (served.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(served).containsExactly("from the folder");
    }

    private void feedUntil(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Instant now = Instant.now();
            pipeline.submit(new Frame(
                    new Position(new Partition("frames", 0), offset++),
                    1,
                    "a",
                    "f" + offset,
                    new byte[] {1},
                    now,
                    now,
                    now.plusSeconds(60),
                    Optional.empty(),
                    List.of(),
                    System.nanoTime()));
            pipeline.drain(finished -> {});
            Thread.sleep(10);
        }
    }
}
