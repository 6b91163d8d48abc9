package dev.glimpse.export;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Caption;
import dev.glimpse.heldout.Results;
import dev.glimpse.heldout.Split;
import dev.glimpse.onnx.HalfStorage;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.precision.IntegerArithmetic;
import dev.glimpse.precision.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the layers that may compute in 8 bits: as many as a budget of accuracy allows.
 *
 * <p>First each layer is rounded alone, and what the whole model then says about a few pictures is compared with what it says
 * in float: that is the layer's sensitivity. Then the most sensitive 0, 1, 2, 4, 8, ... layers stay in float until CIDEr-D
 * and VQA accuracy on more pictures are within the budget; at last each layer kept is tried in 8 bits once more, the least
 * sensitive first. The order is ours; the losses are measured.
 */
final class LayerSearch {
    private static final int MOST_RETRIES = 8;

    private final Trial trial;
    private final Map<String, Map<String, Range>> ranges;
    private final Consumer<String> log;

    LayerSearch(Trial trial, Map<String, Map<String, Range>> ranges, Consumer<String> log) {
        this.trial = trial;
        this.ranges = ranges;
        this.log = log;
    }

    /**
     * One layer of one graph.
     *
     * @param file graph
     * @param layer name
     */
    record Place(String file, String layer) {
        @Override
        public String toString() {
            return file.replace(".onnx", "") + "/" + layer;
        }
    }

    /**
     * What was found.
     *
     * @param models the graphs in mixed precision
     * @param kept layers that stay in float
     * @param sensitivity of each layer, most sensitive first
     * @param loss percent of CIDEr-D and of VQA accuracy, the larger, on the pictures of the search
     */
    record Found(Map<String, OnnxModel> models, List<Place> kept, Map<Place, Double> sensitivity, double loss) {}

    /**
     * @param few pictures for the sensitivities
     * @param many pictures for the losses
     * @param maxLoss budget in percent
     */
    Found search(Split few, Split many, double maxLoss) {
        Map<Place, Double> sensitivity = sensitivities(few);
        List<Place> order = new ArrayList<>(sensitivity.keySet());
        Results whole = trial.run(Map.of(), many);
        double cider = whole.cider();
        double vqa = whole.vqa();
        log.accept("float: CIDEr-D %.4f, VQA %.2f on %d pictures"
                .formatted(cider, vqa, many.files().size()));
        Set<Place> kept = new LinkedHashSet<>();
        double loss = loss(kept, many, cider, vqa);
        for (int count = 1; loss > maxLoss && kept.size() < order.size(); count *= 2) {
            kept = new LinkedHashSet<>(order.subList(0, Math.min(count, order.size())));
            loss = loss(kept, many, cider, vqa);
        }
        List<Place> retries = new ArrayList<>(kept);
        for (int i = retries.size() - 1; i >= Math.max(0, retries.size() - MOST_RETRIES); i--) {
            Set<Place> fewer = new LinkedHashSet<>(kept);
            fewer.remove(retries.get(i));
            double tried = loss(fewer, many, cider, vqa);
            if (tried <= maxLoss) {
                kept = fewer;
                loss = tried;
            }
        }
        return new Found(models(kept), List.copyOf(kept), sensitivity, loss);
    }

    private double loss(Set<Place> kept, Split split, double cider, double vqa) {
        Results results = trial.run(models(kept), split);
        double lost = Math.max(100 * (1 - results.cider() / cider), 100 * (1 - results.vqa() / vqa));
        log.accept(String.format(
                Locale.ROOT,
                "%d layers in float: CIDEr-D %.4f, VQA %.2f, loss %.2f %%",
                kept.size(),
                results.cider(),
                results.vqa(),
                lost));
        return lost;
    }

    /** How much rounding each layer alone changes what the model says, the most sensitive first. */
    private Map<Place, Double> sensitivities(Split split) {
        Results whole = trial.run(Map.of(), split);
        Map<Place, Double> found = new LinkedHashMap<>();
        for (Place place : places()) {
            Results rounded = trial.run(Map.of(place.file(), rounded(place.file(), Set.of(place.layer()))), split);
            found.put(place, difference(whole, rounded));
        }
        Map<Place, Double> sorted = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Place, Double> e) -> -e.getValue()))
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        sorted.forEach((place, value) -> log.accept(String.format(Locale.ROOT, "%.4f %s", value, place)));
        return sorted;
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        trial.models().forEach((file, model) -> IntegerArithmetic.layers(model)
                .forEach(layer -> places.add(new Place(file, layer))));
        return places;
    }

    /** Other captions and answers count 1 each, equal ones by the change of their confidence. */
    private static double difference(Results a, Results b) {
        double sum = 0;
        for (Map.Entry<String, Caption> caption : a.captions().entrySet()) {
            Caption other = Objects.requireNonNull(b.captions().get(caption.getKey()));
            sum += difference(
                    caption.getValue().text(), other.text(), caption.getValue().confidence(), other.confidence());
        }
        double answers = 0;
        for (Map.Entry<String, Answer> answer : a.answers().entrySet()) {
            Answer other = Objects.requireNonNull(b.answers().get(answer.getKey()));
            answers += difference(
                    answer.getValue().text(), other.text(), answer.getValue().confidence(), other.confidence());
        }
        return sum / Math.max(1, a.captions().size())
                + answers / Math.max(1, a.answers().size());
    }

    private static double difference(String a, String b, double sureA, double sureB) {
        return a.equals(b) ? Math.abs(sureA - sureB) : 1;
    }

    private Map<String, OnnxModel> models(Set<Place> kept) {
        Map<String, OnnxModel> models = new LinkedHashMap<>();
        trial.models().forEach((file, model) -> {
            Set<String> layers = new LinkedHashSet<>(IntegerArithmetic.layers(model));
            kept.stream().filter(place -> place.file().equals(file)).forEach(place -> layers.remove(place.layer()));
            models.put(file, rounded(file, layers));
        });
        return models;
    }

    /** A graph with these layers in 8 bits and the weights of all others in half precision. */
    private OnnxModel rounded(String file, Set<String> layers) {
        OnnxModel model = Objects.requireNonNull(trial.models().get(file));
        return HalfStorage.of(IntegerArithmetic.of(model, ranges.getOrDefault(file, Map.of()), layers));
    }
}
