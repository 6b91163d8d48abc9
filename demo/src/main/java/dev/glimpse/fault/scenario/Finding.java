package dev.glimpse.fault.scenario;

import dev.glimpse.fault.verifier.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of one scenario.
 *
 * @param faults how often something was broken on purpose
 * @param seconds from the first frame to the last judgement
 * @param figures further figures by name
 * @param problems what must never be, in words; empty when the law was kept
 * @param missed figures that fell short of what they should reach on a machine that has nothing else to do
 */
public record Finding(
        String scenario,
        long faults,
        Verdict verdict,
        double seconds,
        Map<String, Object> figures,
        List<String> problems,
        List<String> missed) {
    public Finding {
        problems = List.copyOf(problems);
        missed = List.copyOf(missed);
    }

    /** What is said of a scenario that ended in an error. */
    public static Finding unplayed(String scenario, String problem) {
        Verdict nothing = new Verdict(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
        return new Finding(scenario, 0, nothing, 0, Map.of(), List.of(problem), List.of());
    }

    /** As it stands in the JSON file. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", scenario);
        json.put("frames", verdict.frames());
        json.put("faults", faults);
        json.put("lost", verdict.lost());
        json.put("duplicated", verdict.duplicated());
        json.put("reordered", verdict.reordered());
        json.put("wrongTopic", verdict.wrongTopic());
        json.put("seconds", Math.round(10 * seconds) / 10.0);
        json.put("captions", verdict.captions());
        json.put("skipped", verdict.skipped());
        json.put("rejected", verdict.rejected());
        json.put("wrongCamera", verdict.wrongCamera());
        json.put("wrongModel", verdict.wrongModel());
        json.put("wrongPicture", verdict.wrongPicture());
        json.put("wrongKind", verdict.wrongKind());
        json.put("unknown", verdict.unknown());
        json.put("unreadable", verdict.unreadable());
        json.putAll(figures);
        json.put("problems", problems);
        json.put("missed", missed);
        return json;
    }
}
