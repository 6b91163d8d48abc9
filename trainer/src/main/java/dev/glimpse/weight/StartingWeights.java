package dev.glimpse.weight;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a network takes from a file of {@code glimpse import weights} before its training begins. Every tensor of the file must
 * have its place. Parts that the file has nothing of, such as the head of a detector, stay as they were drawn, and are printed;
 * a backbone, embeddings or layers come whole or not at all.
 */
public final class StartingWeights {
    /** The one table that may be longer in the file: BERT counts 512 positions, we use the first of them. */
    private static final String POSITIONS = "embeddings.position.weight";

    /** Names of parts of which some is worse than none. */
    private static final Pattern WHOLE = Pattern.compile("(backbone|embeddings|layer)\\d*\\..*");

    private static final int LISTED = 8;

    private StartingWeights() {}

    /** For a network without running statistics. */
    public static void load(Path file, Parameters parameters) {
        load(file, parameters, Optional.empty());
    }

    /** For a network with batch norms. */
    public static void load(Path file, Parameters parameters, Buffers statistics) {
        load(file, parameters, Optional.of(statistics));
    }

    private static void load(Path file, Parameters parameters, Optional<Buffers> statistics) {
        Map<String, FloatTensor> trained = new LinkedHashMap<>(parameters.tensors());
        Map<String, FloatTensor> running =
                new LinkedHashMap<>(statistics.map(Buffers::tensors).orElse(Map.of()));
        List<String> faults = new ArrayList<>();
        List<String> kept = new ArrayList<>(trained.keySet());
        kept.addAll(running.keySet());
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            String kind = reader.metadata("glimpse.kind");
            require(
                    kind.equals(WeightImport.KIND),
                    "%s: expected weights of 'glimpse import weights', found a %s",
                    file,
                    kind);
            for (String name : reader.names()) {
                Map<String, FloatTensor> part = trained.containsKey(name) ? trained : running;
                FloatTensor before = part.get(name);
                if (before == null) {
                    faults.add(name + " has no place here");
                } else {
                    take(reader, name, before, part, faults);
                    kept.remove(name);
                }
            }
        }
        faults.addAll(missing(trained.keySet(), running.keySet(), kept));
        require(
                faults.isEmpty(),
                "%s does not fit this network: %s. Its sizes and its vocabulary must be those of the settings.",
                file,
                String.join("; ", faults));
        parameters.load(trained, file.toString());
        statistics.ifPresent(s -> s.load(running, file.toString()));
        System.err.printf(
                "%s: %d tensors taken; %d stay as drawn, of %s%n",
                file,
                trained.size() + running.size() - kept.size(),
                kept.size(),
                kept.stream()
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .distinct()
                        .toList());
    }

    /** What is missing of parts that the file has something of. */
    private static List<String> missing(Set<String> trained, Set<String> running, List<String> kept) {
        Set<String> begun = Stream.concat(trained.stream(), running.stream())
                .filter(name -> !kept.contains(name))
                .map(StartingWeights::part)
                .collect(Collectors.toSet());
        List<String> missing =
                kept.stream().filter(name -> begun.contains(part(name))).toList();
        List<String> faults = new ArrayList<>(missing.subList(0, Math.min(LISTED, missing.size())));
        faults.replaceAll(name -> name + " is missing");
        if (missing.size() > LISTED) {
            faults.add(missing.size() - LISTED + " more are missing");
        }
        return faults;
    }

    /** What must come whole with a tensor, or the tensor itself. */
    private static String part(String name) {
        Matcher matcher = WHOLE.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    private static void take(
            SafetensorsReader reader,
            String name,
            FloatTensor before,
            Map<String, FloatTensor> part,
            List<String> faults) {
        FloatTensor found = reader.tensor(name);
        long[] wanted = before.shape();
        boolean longer = name.equals(POSITIONS)
                && found.shape().length == 2
                && found.shape()[1] == wanted[1]
                && found.shape()[0] > wanted[0];
        if (longer) {
            part.put(name, new FloatTensor(wanted, Arrays.copyOf(found.data(), before.data().length)));
        } else if (Arrays.equals(found.shape(), wanted)) {
            part.put(name, found);
        } else {
            faults.add(
                    name + " has shape " + Arrays.toString(found.shape()) + " instead of " + Arrays.toString(wanted));
        }
    }
}
