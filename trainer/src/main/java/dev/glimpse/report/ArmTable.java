package dev.glimpse.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Results of a comparison in, a table of means, spreads and paired differences out. */
public final class ArmTable {
    private static final String MINUS = "\u2212";
    private static final String HEAD = """
            | arm | seeds | CIDEr-D | VQA | cross-entropy | steps | seconds | compared with | Δ CIDEr-D | relative | Δ VQA |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private ArmTable() {}

    /**
     * The table in Markdown, one row per arm. Spread is the standard deviation over seeds. Differences and their shares are
     * taken seed by seed: the mean, and in brackets the smallest and largest.
     *
     * @param against the arm that an arm is compared with
     */
    public static String markdown(List<ArmResult> results, UnaryOperator<String> against) {
        StringBuilder table = new StringBuilder(HEAD);
        Map<String, List<ArmResult>> arms = byArm(results);
        arms.forEach((arm, of) -> {
            String other = against.apply(arm);
            List<ArmResult> base = arm.equals(other) ? List.of() : arms.getOrDefault(other, List.of());
            List<Double> cider = pairs(of, base, (a, b) -> a.cider() - b.cider());
            List<String> cells = List.of(
                    arm,
                    Integer.toString(of.size()),
                    spread(of, ArmResult::cider, 3),
                    spread(of, ArmResult::vqa, 1),
                    spread(of, r -> r.crossEntropy().orElse(Double.NaN), 3),
                    number(mean(of, ArmResult::steps), 0),
                    number(mean(of, ArmResult::seconds), 0),
                    cider.isEmpty() ? "" : other,
                    range(cider, 3),
                    percent(mean(pairs(of, base, (a, b) -> a.cider() / b.cider() - 1))),
                    range(pairs(of, base, (a, b) -> a.vqa() - b.vqa()), 1));
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
        return table.toString();
    }

    static Map<String, List<ArmResult>> byArm(List<ArmResult> results) {
        Map<String, List<ArmResult>> arms = new LinkedHashMap<>();
        results.forEach(
                r -> arms.computeIfAbsent(r.arm(), a -> new ArrayList<>()).add(r));
        return arms;
    }

    /** Of the seeds that both arms have. */
    private static List<Double> pairs(
            List<ArmResult> of, List<ArmResult> base, ToDoubleBiFunction<ArmResult, ArmResult> figure) {
        List<Double> values = new ArrayList<>();
        for (ArmResult result : of) {
            base.stream()
                    .filter(b -> b.seed() == result.seed())
                    .forEach(b -> values.add(figure.applyAsDouble(result, b)));
        }
        return values;
    }

    private static double mean(List<ArmResult> of, ToDoubleFunction<ArmResult> figure) {
        return of.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static String spread(List<ArmResult> of, ToDoubleFunction<ArmResult> figure, int digits) {
        double mean = mean(of, figure);
        if (of.size() < 2 || Double.isNaN(mean)) {
            return number(mean, digits);
        }
        double squares = of.stream()
                .mapToDouble(r -> Math.pow(figure.applyAsDouble(r) - mean, 2))
                .sum();
        return number(mean, digits) + " \u00b1 " + number(Math.sqrt(squares / (of.size() - 1)), digits);
    }

    private static String range(List<Double> values, int digits) {
        if (values.isEmpty()) {
            return "";
        }
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return values.size() == 1
                ? signed(low, digits)
                : signed(mean(values), digits) + " (" + signed(low, digits) + " to " + signed(high, digits) + ")";
    }

    private static String percent(double share) {
        return !Double.isFinite(share) ? "" : signed(100 * share, 1) + " %";
    }

    private static String signed(double value, int digits) {
        return (value < 0 ? MINUS : "+") + number(Math.abs(value), digits);
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
