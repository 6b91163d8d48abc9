package dev.glimpse.run;

import java.util.Map;

/**
 * What a finished stage was made from, kept as {@code stages/NAME.json} beside its outputs.
 *
 * @param settings SHA-256 of the settings as JSON
 * @param inputs SHA-256 of each input
 * @param outputs SHA-256 of each output
 * @param finished time at which it was done, ISO 8601
 * @param seconds time it took; of runs that were stopped or killed, that up to the checkpoint from which the next went on
 */
public record StageRecord(
        String settings, Map<String, String> inputs, Map<String, String> outputs, String finished, double seconds) {}
