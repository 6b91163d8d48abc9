package dev.glimpse.metrics;

import dev.glimpse.account.Tally;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The account of each camera in, lines of the Prometheus text format out. */
final class AccountText {
    private final StringBuilder text = new StringBuilder();

    private AccountText() {}

    static String of(Map<String, Tally> cameras, long passedOver) {
        AccountText out = new AccountText();
        out.plain(cameras, "received_total", "counter", "Frames delivered for the first time", Tally::received);
        out.plain(cameras, "captions_total", "counter", "Frames with a committed caption", Tally::captions);
        out.head("skipped_total", "counter", "Frames with a committed skip");
        cameras.forEach((camera, tally) ->
                tally.skipped().forEach((reason, count) -> out.line("skipped_total", camera, reason, count)));
        out.head("rejected_total", "counter", "Frames with a committed rejection");
        cameras.forEach((camera, tally) ->
                tally.rejected().forEach((reason, count) -> out.line("rejected_total", camera, reason, count)));
        out.plain(cameras, "handed_over_total", "counter", "Frames given up to another worker", Tally::handedOver);
        out.plain(cameras, "in_flight", "gauge", "Frames whose outcome is not committed yet", Tally::inFlight);
        out.plain(cameras, "unaccounted", "gauge", "Frames that the account cannot explain: 0", Tally::unaccounted);
        out.text
                .append("# HELP glimpse_offsets_passed_over_total Offsets skipped unread to catch up\n")
                .append("# TYPE glimpse_offsets_passed_over_total counter\n")
                .append("glimpse_offsets_passed_over_total ")
                .append(passedOver)
                .append('\n');
        return out.text.toString();
    }

    private void plain(Map<String, Tally> cameras, String name, String type, String help, ToLongFunction<Tally> value) {
        head(name, type, help);
        cameras.forEach((camera, tally) -> line(name, camera, "", value.applyAsLong(tally)));
    }

    private void head(String name, String type, String help) {
        text.append("# HELP glimpse_frames_")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE glimpse_frames_")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void line(String name, String camera, String reason, long value) {
        text.append("glimpse_frames_").append(name).append("{camera=\"").append(escaped(camera));
        if (!reason.isEmpty()) {
            text.append("\",reason=\"").append(escaped(reason));
        }
        text.append("\"} ").append(value).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
