package dev.glimpse.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.glimpse.account.Tally;
import dev.glimpse.json.Json;
import dev.glimpse.ladder.Level;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.wire.QuestionEvent;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The HTTP API: what can be read and asked, as JSON. Runs on the event loop. */
final class Api {
    private static final int PNG_MAGIC = 0x89;

    private final Backstage backstage;

    Api(Backstage backstage) {
        this.backstage = backstage;
    }

    /** What runs. */
    record Bundle(
            String name,
            String digest,
            String engine,
            String precision,
            long bytes,
            JsonNode provenance,
            JsonNode certificate) {}

    /** The account of all and of each camera at one moment. */
    record Accounts(
            Tally total, Map<String, Tally> cameras, int level, String service, String bundle, String rollout) {}

    /** A standing question. */
    record StandingQuestion(String camera, String id, String question, String asked) {}

    /** One camera: its account and, once there is one, its latest caption. */
    record Camera(String camera, Tally account, List<PageJson.Caption> latest) {}

    record Health(String status, List<String> wrong) {}

    void route(Router router) {
        router.get("/live").handler(context -> health(context, backstage.live().get()));
        router.get("/ready")
                .handler(context -> health(context, backstage.ready().get()));
        router.get("/metrics").handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .end(backstage.meters().scrape()));
        router.get("/bundle").handler(context -> Replies.json(context, 200, bundle()));
        router.get("/account").handler(context -> Replies.json(context, 200, accounts()));
        router.get("/standing").handler(context -> Replies.json(context, 200, standing()));
        router.get("/cameras").handler(context -> Replies.json(context, 200, cameras()));
        router.get("/cameras/:camera/picture").handler(this::picture);
        router.post("/ask").handler(this::ask);
    }

    Bundle bundle() {
        ModelCard card = backstage.card().get();
        Model model = backstage.model().get();
        return new Bundle(
                card.name(),
                model.digest(),
                model.engine(),
                card.precision(),
                card.bytes(),
                card.provenance(),
                card.certificate().<JsonNode>map(Json.mapper()::valueToTree).orElse(NullNode.getInstance()));
    }

    Accounts accounts() {
        Level level = backstage.level().get();
        return new Accounts(
                backstage.account().total(),
                backstage.account().cameras(),
                level.number(),
                level.words(),
                backstage.model().get().digest(),
                backstage.rollout().map(r -> r.status().last()).orElse(""));
    }

    private List<StandingQuestion> standing() {
        return backstage.standing().get().stream()
                .map(each -> new StandingQuestion(
                        each.camera(), each.id(), each.text(), each.asked().toString()))
                .toList();
    }

    private List<Camera> cameras() {
        List<PageJson.Caption> latest = backstage.showcase().latest();
        return backstage.account().cameras().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Camera(
                        entry.getKey(),
                        entry.getValue(),
                        latest.stream()
                                .filter(c -> c.camera().equals(entry.getKey()))
                                .toList()))
                .toList();
    }

    private static void health(RoutingContext context, Condition condition) {
        String status = condition.good() ? "ok" : "not ok";
        Replies.json(context, condition.good() ? 200 : 503, new Health(status, condition.wrong()));
    }

    private void picture(RoutingContext context) {
        String camera = Optional.ofNullable(context.pathParam("camera")).orElse("");
        Optional<byte[]> picture = backstage
                .showcase()
                .picture(camera, Optional.ofNullable(context.request().getParam("frame")));
        if (picture.isEmpty()) {
            Replies.error(context, 404, "no-picture", "no such picture; only the latest few of a camera are kept");
            return;
        }
        byte[] bytes = picture.get();
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, (bytes[0] & 0xFF) == PNG_MAGIC ? "image/png" : "image/jpeg")
                .end(Buffer.buffer(bytes));
    }

    // ---- questions

    private void ask(RoutingContext context) {
        Question question;
        try {
            question = question(context);
        } catch (IllegalArgumentException e) {
            Replies.error(context, 400, "question", String.valueOf(e.getMessage()));
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        backstage.ask().apply(question).thenAccept(reply -> loop.runOnContext(now -> reply(context, reply)));
    }

    private Question question(RoutingContext context) {
        JsonNode body;
        try {
            Buffer buffer = context.body().buffer();
            body = buffer == null ? Json.mapper().nullNode() : Json.mapper().readTree(buffer.getBytes());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (!body.isObject() || !Set.of("camera", "question", "frame").containsAll(names(body))) {
            throw new IllegalArgumentException(
                    "the body is {\"camera\": ..., \"question\": ...}, with \"frame\" if wanted");
        }
        String text = text(body, "question");
        if (text.isBlank() || text.length() > QuestionEvent.MAX_LENGTH) {
            throw new IllegalArgumentException("a question has 1 to " + QuestionEvent.MAX_LENGTH + " characters");
        }
        return new Question(
                UUID.randomUUID().toString(),
                Optional.of(text(body, "camera")),
                body.has("frame") ? Optional.of(text(body, "frame")) : Optional.empty(),
                text,
                Instant.now().plusMillis(backstage.limits().budgetMillis()));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(JsonNode body, String name) {
        if (!body.path(name).isTextual()) {
            throw new IllegalArgumentException("field " + name + " is a text, found " + body.path(name));
        }
        return body.path(name).textValue();
    }

    private void reply(RoutingContext context, Reply reply) {
        if (reply instanceof Reply.Answered answered) {
            Replies.json(
                    context,
                    200,
                    PageJson.answer(
                            answered,
                            backstage.answers().abstention(answered.answer().confidence())));
            return;
        }
        switch (((Reply.Unanswered) reply).reason()) {
            case UNSEEN -> Replies.error(context, 404, "unseen", "nothing was seen of this camera yet");
            case FORGOTTEN -> Replies.error(context, 404, "forgotten", "this frame is no longer remembered");
            case EXPIRED -> Replies.error(context, 503, "expired", "there was no time to answer; ask again");
            case OVERLOAD -> Replies.error(context, 503, "overload", "too many questions wait; ask again");
            case STOPPED -> Replies.error(context, 503, "stopped", "the service is ending");
            case FAILED -> Replies.error(context, 422, "failed", "the model cannot answer this question");
        }
    }
}
