package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuestionEventTest {
    @Test
    void questionTypedByHandNeedsOnlyTheCameraAsKey() throws WireException {
        QuestionEvent event = read("gate", "{\"question\": \"what is it?\"}");
        assertThat(event.camera()).hasValue("gate");
        assertThat(event.request()).isEqualTo("test.frames/0/17");
        assertThat(event.question()).isEqualTo("what is it?");
        assertThat(event.expires()).isEmpty();
    }

    @Test
    void badQuestionsAreRefusedWithTheReason() {
        refused("", "the value is a JSON object, found 0 bytes");
        refused("what is it?", "the value is not JSON");
        refused("[]", "the value is JSON, but no object");
        refused("{\"question\": 3}", "field question is a text, found 3");
        refused("{\"question\": null}", "field question is a text, found null");
        refused("{}", "field question is a text, found ");
        refused("{\"question\": \" \"}", "a question has 1 to 500 characters, found 1");
        refused("{\"question\": \"" + "x".repeat(501) + "\"}", "a question has 1 to 500 characters, found 501");
        refused("{\"question\": \"x\", \"question\": \"y\"}", "Duplicate field 'question'");
        refused("{\"question\": \"x\"} x", "the value is not JSON");
        refused("{\"question\": \"x\", \"schemaVersion\": 2}", "schemaVersion is 1, found 2");
        refused("{\"question\": \"x\", \"expires\": \"soon\"}", "field expires: ");
        refused("{\"question\": \"x\", \"frame\": {\"a\": 1}}", "field frame: ");
    }

    @Test
    void questionsBeyondTheLimitsOfJsonAreRefused() {
        refused("{\"question\": \"x\", \"a\": " + "[".repeat(40) + "]".repeat(40) + "}", "nesting depth");
        refused("{\"question\": \"" + "x".repeat(70_000) + "\"}", "String value length");
        refused("{\"question\": \"" + "x".repeat(300_000) + "\"}", "at most 262144 bytes, found 300016");
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> read("gate", json))
                .as(json.substring(0, Math.min(60, json.length())))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(message);
    }

    private static QuestionEvent read(String camera, String json) throws WireException {
        return QuestionEvent.fromRecord(Examples.input(camera.getBytes(UTF_8), json.getBytes(UTF_8)));
    }
}
