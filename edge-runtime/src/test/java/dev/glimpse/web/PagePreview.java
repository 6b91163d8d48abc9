package dev.glimpse.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.account.Account;
import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.captioner.Region;
import dev.glimpse.captioner.RegionFeatures;
import dev.glimpse.captioner.Sight;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.ladder.Level;
import dev.glimpse.metrics.Meters;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.pipeline.Seen;
import dev.glimpse.scene.SceneCamera;
import dev.glimpse.scene.SceneTruth;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.Word;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows the page on port 8099 with scene cameras and their truth for captions: to work on the page without Kafka and model. */
final class PagePreview {
    private static final int PORT = 8099;
    private static final Limits LIMITS = new Limits(4, 8, 1, 1024, 4096, 4096, 2000, 60_000, 16);

    private final Random random = new Random(5);
    private final Account account = new Account(16, System::nanoTime);
    private final Showcase showcase = new Showcase(16, InstantSource.system());
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private static final Model MODEL = new Model("9f3ac1".repeat(10) + "9f3a", "onnxruntime 1.29.0 fp32", "fp32");

    public static void main(String[] arguments) throws Exception {
        new PagePreview().run();
    }

    private void run() throws Exception {
        Backstage backstage = new Backstage(
                () -> new ModelCard("scenes-tiny", "fp32", 9_800_000, JsonNodeFactory.instance.objectNode()),
                () -> MODEL,
                () -> Level.FULL,
                LIMITS,
                new AnswerSettings(.3, 16),
                account,
                new Meters(account),
                showcase,
                this::answer,
                List::of,
                Optional.empty(),
                64,
                () -> new Condition(List.of()),
                () -> new Condition(List.of()));
        Vertx.vertx()
                .deployVerticle(
                        new WebVerticle(new HttpSettings("127.0.0.1", PORT, "", 16), backstage, new AtomicInteger()))
                .await(10, TimeUnit.SECONDS);
        Map<String, SceneCamera> cameras = Map.of(
                "north gate", new SceneCamera(11, 640, 480, 5),
                "harbour", new SceneCamera(23, 640, 480, 5),
                "market street", new SceneCamera(37, 640, 480, 5),
                "lobby", new SceneCamera(41, 640, 480, 5));
        for (int number = 0; ; number++) {
            for (Map.Entry<String, SceneCamera> camera : cameras.entrySet()) {
                show(camera.getKey(), number, camera.getValue());
            }
            Thread.sleep(100);
        }
    }

    private void show(String camera, int number, SceneCamera source) throws Exception {
        var frame = source.next();
        account.received(camera);
        if (random.nextInt(40) == 0) {
            account.skipped(camera, "superseded");
            return;
        }
        Picture picture = PictureDecoder.decode(frame.jpeg());
        Sight sight = sight(frame.truth());
        String id = camera + "/" + number;
        seen.put(camera, new Seen(camera, id, sight, picture.width(), picture.height(), MODEL));
        CaptionEvent event = new CaptionEvent(
                camera,
                id,
                new Position("frames", 0, number),
                Instant.now().minusMillis(60 + random.nextInt(60)),
                Instant.now(),
                Instant.now(),
                sight.caption().text(),
                sight.caption().confidence(),
                sight.caption().words().stream()
                        .map(w -> new Word(w.text(), w.probability(), w.regions()))
                        .toList(),
                sight.regions().stream()
                        .map(r -> new dev.glimpse.wire.Region(r.box(), r.tag(), r.attributes(), r.score()))
                        .toList(),
                "0",
                "onnxruntime",
                "fp32",
                0);
        showcase.captioned(
                event,
                new Outcome.Captioned(
                        sight,
                        picture.width(),
                        picture.height(),
                        new Outcome.Times(4, 6, 9, 38),
                        Level.FULL,
                        MODEL,
                        List.of()),
                frame.jpeg());
        account.captioned(camera, Duration.between(event.captured(), Instant.now()));
    }

    private Sight sight(SceneTruth truth) {
        List<Region> regions = new ArrayList<>();
        truth.things()
                .forEach(thing -> regions.add(new Region(
                        thing.box(), thing.category(), thing.attributes(), .6f + .39f * random.nextFloat())));
        List<Caption.Word> words = new ArrayList<>();
        String text = truth.captions().get(1);
        for (String word : text.split(" ")) {
            List<Float> weights = new ArrayList<>();
            regions.forEach(region -> weights.add(
                    (region.tag().contains(word) || region.attributes().contains(word) ? .7f : .06f)
                            * (.8f + .2f * random.nextFloat())));
            words.add(new Caption.Word(word, random.nextInt(9) == 0 ? .3 + .5 * random.nextDouble() : .93, weights));
        }
        float[] none = new float[0];
        return new Sight(
                regions,
                new Caption(text, words, .7 + .25 * random.nextDouble()),
                new RegionFeatures(none, none, none),
                new Sight.Timings(1, 20, 4, 13));
    }

    private CompletableFuture<Reply> answer(Question question) {
        Seen about = seen.get(question.camera().orElse(""));
        if (about == null) {
            return CompletableFuture.completedFuture(new Reply.Unanswered(question, Reply.Reason.UNSEEN));
        }
        List<Float> weights = new ArrayList<>();
        about.sight().regions().forEach(region -> weights.add(weights.isEmpty() ? .8f : .1f));
        Answer answer = new Answer(
                "red",
                .83,
                List.of(
                        new Answer.Candidate("red", .83),
                        new Answer.Candidate("orange", .09),
                        new Answer.Candidate("brown", .04),
                        new Answer.Candidate("yellow", .02),
                        new Answer.Candidate("pink", .01)),
                weights);
        return CompletableFuture.completedFuture(new Reply.Answered(question, about, answer, 3.1));
    }
}
