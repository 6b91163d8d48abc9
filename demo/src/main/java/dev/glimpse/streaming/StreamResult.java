package dev.glimpse.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.bench.Latency;
import dev.glimpse.bench.Spread;
import dev.glimpse.json.Json;
import java.util.Locale;

/** One measurement, with what is required of it. */
sealed interface StreamResult {
    /** Its name in the JSON file. */
    String name();

    /** What is required, in words. */
    String requirement();

    /** Whether it is as required. */
    boolean met();

    /** The figures for people, one a line. */
    String table();

    /** As it stands in the JSON file. */
    default ObjectNode json() {
        ObjectNode node = Json.mapper().createObjectNode().put("measurement", name());
        node.setAll(Json.mapper().<ObjectNode>valueToTree(this));
        return node.put("requirement", requirement()).put("met", met());
    }

    /**
     * Captions a second behind Kafka and in a plain loop, in turns.
     *
     * @param frames of each run; the middle eight tenths are measured
     * @param notCaptioned frames behind Kafka that were skipped or rejected, in all runs together
     * @param plain captions a second of the plain loop
     * @param streamed captions a second that were committed
     * @param share streamed over plain, of each pair of runs
     * @param plainProcessor milliseconds of processor time for each caption of the plain loop
     * @param runtimeProcessor the same of pipeline and Kafka loop together
     * @param brokerProcessor the same of the broker
     */
    record Throughput(
            int frames,
            long notCaptioned,
            Spread plain,
            Spread streamed,
            Spread share,
            Spread plainProcessor,
            Spread runtimeProcessor,
            Spread brokerProcessor)
            implements StreamResult {
        private static final double LEAST = 0.9;

        @Override
        public String name() {
            return "throughput";
        }

        @Override
        public String requirement() {
            return "streamed is at least 0.90 of plain, and every frame has a caption";
        }

        @Override
        public boolean met() {
            return share.median() >= LEAST && notCaptioned == 0;
        }

        @Override
        public String table() {
            return """
                    throughput, captions/s                      median (least .. most)
                      plain loop                             %s
                      behind Kafka, committed                %s
                      share                                  %s
                    processor ms for each caption
                      plain loop                             %s
                      runtime behind Kafka                   %s
                      broker                                 %s
                    frames of a run                          %9d
                    frames without a caption                 %9d
                    """.formatted(
                            plain.text("%9.2f"),
                            streamed.text("%9.2f"),
                            share.text("%9.3f"),
                            plainProcessor.text("%9.2f"),
                            runtimeProcessor.text("%9.2f"),
                            brokerProcessor.text("%9.2f"),
                            frames,
                            notCaptioned);
        }
    }

    /**
     * How long a caption takes at half the load.
     *
     * @param perSecond frames a second that were sent
     * @param notCaptioned frames that were skipped or rejected
     * @param whole from the moment a frame is handed to its producer until a reader of committed records has the caption
     * @param needed decoding the picture and the engine's time for its batch
     * @param added whole less needed, of each frame: sending, reading, waiting for the engine, committing, reading again
     */
    record HalfLoad(double perSecond, long notCaptioned, Latency whole, Latency needed, Latency added)
            implements StreamResult {
        private static final double MOST_P50 = 120;
        private static final double MOST_P99 = 250;

        @Override
        public String name() {
            return "latency";
        }

        @Override
        public String requirement() {
            return "added is at most 120 ms at p50 and 250 ms at p99";
        }

        @Override
        public boolean met() {
            return added.p50() <= MOST_P50 && added.p99() <= MOST_P99;
        }

        @Override
        public String table() {
            return String.format(
                            Locale.ROOT, "latency at %.1f frames/s, ms                     p50       p99%n", perSecond)
                    + line("sent to committed and read", whole)
                    + line("of that, picture and engine", needed)
                    + line("added", added)
                    + String.format("frames without a caption                 %9d%n", notCaptioned);
        }

        private static String line(String what, Latency latency) {
            return String.format(Locale.ROOT, "  %-38s %9.1f %9.1f%n", what, latency.p50(), latency.p99());
        }
    }

    /**
     * What standing questions of a camera cost, in turns over the same pictures.
     *
     * @param frames of each run
     * @param none milliseconds for each frame without a question
     * @param one milliseconds that one question adds to each frame, of each round
     * @param five milliseconds that five questions add
     */
    record Questions(int frames, Spread none, Spread one, Spread five) implements StreamResult {
        private static final int MOST = 2;

        @Override
        public String name() {
            return "standing-questions";
        }

        @Override
        public String requirement() {
            return "a frame with five costs less than twice one with one";
        }

        @Override
        public boolean met() {
            return ratio() < MOST;
        }

        private double ratio() {
            return (none.median() + five.median()) / (none.median() + one.median());
        }

        @Override
        public String table() {
            return """
                    standing questions, ms for each frame       median (least .. most)
                      none                                   %s
                      one adds                               %s
                      five add                               %s
                    what five add over what one adds         %9.2f
                    a frame with five over one with one      %9.2f
                    """.formatted(
                    none.text("%9.3f"), one.text("%9.3f"), five.text("%9.3f"), five.median() / one.median(), ratio());
        }
    }
}
